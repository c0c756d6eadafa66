// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic

// A choice that is on or off, in a line of text.
AbstractButton {
    id: toggle

    required property Theme theme

    checkable: true
    horizontalPadding: 10
    verticalPadding: 5
    hoverEnabled: true

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checked: checked

    contentItem: PlainText {
        theme: toggle.theme
        text: toggle.text
        color: toggle.checked ? toggle.theme.accent : toggle.theme.quietText
        font.pixelSize: toggle.theme.captionSize
    }
    background: Rectangle {
        radius: height / 2
        color: toggle.checked ? toggle.theme.selection
                              : toggle.hovered ? toggle.theme.hover : "transparent"
        border.width: toggle.visualFocus ? 2 : 1
        border.color: toggle.visualFocus ? toggle.theme.accent
                                         : toggle.checked ? "transparent" : toggle.theme.border
    }
}
