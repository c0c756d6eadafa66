// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic

// A tab in the title line of a panel.
TabButton {
    id: tab

    required property Theme theme

    width: implicitWidth
    implicitHeight: theme.titleHeight
    horizontalPadding: theme.padding
    hoverEnabled: true

    Accessible.role: Accessible.PageTab
    Accessible.name: text

    contentItem: PlainText {
        theme: tab.theme
        text: tab.text
        color: tab.checked || tab.hovered ? tab.theme.text : tab.theme.quietText
        font.weight: Font.DemiBold
        verticalAlignment: Text.AlignVCenter
    }
    background: Rectangle {
        color: "transparent"
        border.width: tab.visualFocus ? 2 : 0
        border.color: tab.theme.accent
        radius: tab.theme.radius

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 2
            visible: tab.checked
            color: tab.theme.accent
        }
    }
}
