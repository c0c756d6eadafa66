// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick

// Text that may come from data: it is shown letter by letter, whatever it looks like.
Text {
    required property Theme theme
    property bool isStale: false // not of now

    color: theme.text
    font.pixelSize: theme.textSize
    textFormat: Text.PlainText
    opacity: isStale ? 0.5 : 1
}
