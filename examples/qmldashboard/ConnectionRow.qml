// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Recorders

// A connection in a DashboardList: how fast it is, how much it received, how many files it got.
ItemDelegate {
    id: row

    required property string entityId
    readonly property DashboardList list: ListView.view as DashboardList
    readonly property Theme theme: list.theme
    readonly property bool isNarrow: list.width < 460

    width: list.width
    height: theme.rowHeight
    leftPadding: theme.padding
    rightPadding: theme.padding
    topPadding: 0
    bottomPadding: 0
    highlighted: entityId === list.selectedId
    onClicked: list.picked(entityId)
    Component.onCompleted: list.appeared(entityId)

    background: Rectangle {
        color: row.highlighted ? row.theme.selection : row.hovered ? row.theme.hover : "transparent"
    }
    contentItem: RowLayout {
        spacing: 12

        Text {
            Layout.fillWidth: true
            text: row.entityId
            color: row.theme.text
            font.pixelSize: row.theme.textSize
            elide: Text.ElideRight
        }
        Rectangle {
            visible: !row.isNarrow
            Layout.preferredWidth: 72
            Layout.preferredHeight: 6
            radius: 3
            color: row.theme.border

            Rectangle {
                width: parent.width * Math.min(1, received.rate / row.list.greatest)
                height: parent.height
                radius: 3
                color: row.theme.accent
            }
        }
        Text {
            Layout.preferredWidth: 80
            horizontalAlignment: Text.AlignRight
            text: received.rateText
            color: row.theme.text
            font.pixelSize: row.theme.textSize
        }
        Text {
            Layout.preferredWidth: 72
            horizontalAlignment: Text.AlignRight
            text: received.text
            color: row.theme.quietText
            font.pixelSize: row.theme.textSize
        }
        Text {
            visible: !row.isNarrow
            Layout.preferredWidth: 64
            horizontalAlignment: Text.AlignRight
            text: qsTr("%1 files").arg(finished.text)
            color: row.theme.quietText
            font.pixelSize: row.theme.textSize
        }
    }

    MetricValue {
        id: received
        runtime: row.list.runtime
        entityId: row.entityId
        metric: "connection.bytes.received"
        onRateChanged: row.list.greatest = Math.max(row.list.greatest, received.rate)
    }
    MetricValue {
        id: finished
        runtime: row.list.runtime
        entityId: row.entityId
        metric: "connection.transfers.finished"
    }
}
