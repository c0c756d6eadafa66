// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts

// A value in a ValueList, below the name of its metric if it is the first one of it.
ColumnLayout {
    id: row

    required property string metric // the roles of the model
    required property string dimension
    required property string text
    required property bool removed

    readonly property ValueList list: ListView.view as ValueList
    readonly property Theme theme: list.theme
    readonly property bool isFirst: ListView.section !== ListView.previousSection

    width: list.width
    spacing: 2

    Accessible.role: Accessible.ListItem
    Accessible.name: `${metric} ${dimension}: ${text}`

    PlainText {
        Layout.fillWidth: true
        Layout.leftMargin: row.theme.padding
        Layout.rightMargin: row.theme.padding
        Layout.topMargin: 6
        visible: row.isFirst
        theme: row.theme
        text: row.metric
        isStale: row.removed
        font.pixelSize: row.theme.captionSize
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
    }
    RowLayout {
        Layout.leftMargin: row.theme.padding
        Layout.rightMargin: row.theme.padding
        Layout.preferredHeight: 20
        spacing: 12

        PlainText {
            Layout.fillWidth: true
            theme: row.theme
            text: row.dimension
            isStale: row.removed
            color: row.theme.quietText
            elide: Text.ElideRight
        }
        PlainText {
            theme: row.theme
            text: row.text
            isStale: row.removed
        }
    }
}
