// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts

// A surface with a title, and something at its right.
Rectangle {
    id: panel

    required property Theme theme
    required property string title
    property string remark // at the right of the title
    default property alias content: body.data

    radius: 8
    color: theme.surface
    border.color: theme.border

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 1 // of the border
        spacing: 0

        RowLayout {
            Layout.leftMargin: panel.theme.padding
            Layout.rightMargin: panel.theme.padding
            Layout.preferredHeight: 44

            Text {
                Layout.fillWidth: true
                text: panel.title
                color: panel.theme.text
                font.pixelSize: panel.theme.textSize
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            Text {
                text: panel.remark
                color: panel.theme.quietText
                font.pixelSize: panel.theme.textSize
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: panel.theme.border
        }
        Item {
            id: body

            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
