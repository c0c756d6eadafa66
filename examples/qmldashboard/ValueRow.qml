// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts

// A value in a DashboardList, below the name of its metric if it is the first one of it.
ColumnLayout {
    id: row

    required property string metric
    required property string dimension
    required property string text
    readonly property DashboardList list: ListView.view as DashboardList
    readonly property Theme theme: list.theme
    readonly property bool isFirst: ListView.section !== ListView.previousSection

    width: list.width
    spacing: 2

    Text {
        Layout.fillWidth: true
        Layout.leftMargin: row.theme.padding
        Layout.topMargin: 8
        visible: row.isFirst
        text: row.metric
        color: row.theme.text
        font.pixelSize: row.theme.captionSize
        font.weight: Font.DemiBold
        elide: Text.ElideRight
    }
    RowLayout {
        Layout.leftMargin: row.theme.padding
        Layout.rightMargin: row.theme.padding
        Layout.preferredHeight: 20
        spacing: 12

        Text {
            Layout.fillWidth: true
            text: row.dimension
            color: row.theme.quietText
            font.pixelSize: row.theme.textSize
            elide: Text.ElideRight
        }
        Text {
            text: row.text
            color: row.theme.text
            font.pixelSize: row.theme.textSize
        }
    }
}
