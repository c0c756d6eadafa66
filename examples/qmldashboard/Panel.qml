// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts

// A surface with a title line, and what it is about below.
Rectangle {
    id: panel

    required property Theme theme
    property alias header: title.data
    default property alias content: body.data

    radius: theme.radius
    color: theme.surface
    border.color: theme.border

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 1 // of the border
        spacing: 0

        Item {
            id: title

            Layout.fillWidth: true
            Layout.preferredHeight: panel.theme.titleHeight
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
