// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Recorders

// A connection in a ConnectionList: how fast it is, how much it received, how many files it got.
ItemDelegate {
    id: row

    // The roles of the model. Its `text`, what was received, is a property of any button.
    required property int index
    required property string entityId
    required property real rate
    required property string rateText
    required text

    readonly property ConnectionList list: ListView.view as ConnectionList
    readonly property Theme theme: list.theme
    readonly property bool isStale: list.table.ended || list.table.stalled

    width: list.width
    height: theme.rowHeight
    topPadding: 0
    bottomPadding: 0
    leftPadding: theme.padding
    rightPadding: theme.padding
    focusPolicy: Qt.ClickFocus // the list is one stop of the Tab key
    highlighted: entityId === list.selectedId
    onRateChanged: list?.see(rate)
    onClicked: {
        list.currentIndex = index
        list.pickCurrent()
    }

    Accessible.role: Accessible.ListItem
    Accessible.name: `${entityId}: ${rateText}, ${text}`

    background: Rectangle {
        color: row.highlighted ? row.theme.selection : row.hovered ? row.theme.hover : "transparent"
        border.width: row.activeFocus ? 1 : 0
        border.color: row.theme.accent
    }
    contentItem: RowLayout {
        spacing: row.theme.columnGap

        PlainText {
            Layout.fillWidth: true
            theme: row.theme
            text: row.entityId
            isStale: row.isStale
            elide: Text.ElideRight
        }
        Rectangle {
            visible: !row.theme.isCompact
            Layout.preferredWidth: 72
            Layout.preferredHeight: 6
            radius: 3
            color: row.theme.border

            Rectangle {
                width: parent.width * Math.min(1, row.rate / row.list.fastest)
                height: parent.height
                radius: 3
                color: row.theme.accent
            }
        }
        PlainText {
            Layout.preferredWidth: row.theme.numberWidth
            theme: row.theme
            text: row.rateText
            isStale: row.isStale
            horizontalAlignment: Text.AlignRight
        }
        PlainText {
            Layout.preferredWidth: row.theme.numberWidth
            theme: row.theme
            text: row.text
            isStale: row.isStale
            horizontalAlignment: Text.AlignRight
        }
        PlainText {
            Layout.preferredWidth: row.theme.numberWidth
            visible: !row.theme.isCompact
            theme: row.theme
            text: finished.text
            isStale: finished.stale
            horizontalAlignment: Text.AlignRight
        }
    }

    MetricValue {
        id: finished
        runtime: row.list.runtime
        entityId: row.entityId
        metric: "connection.transfers.finished"
    }
}
