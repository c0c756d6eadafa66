// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts
import Recorders

// One number, large, and what it was lately.
Rectangle {
    id: card

    required property Theme theme
    required property string title
    required property MetricValue source
    property string figure: source.text // what is shown large
    property string remark // what is shown beside the title
    property real sample: source.valid ? Number(source.value) : 0

    implicitWidth: 200
    implicitHeight: content.implicitHeight + 2 * theme.padding
    radius: 8
    color: theme.surface
    border.color: theme.border

    ColumnLayout {
        id: content

        anchors.fill: parent
        anchors.margins: card.theme.padding
        spacing: 6

        RowLayout {
            Text {
                Layout.fillWidth: true
                text: card.title
                color: card.theme.quietText
                font.pixelSize: card.theme.captionSize
                elide: Text.ElideRight
            }
            Text {
                text: card.remark
                color: card.theme.quietText
                font.pixelSize: card.theme.captionSize
            }
        }
        Text {
            Layout.fillWidth: true
            text: card.source.valid ? card.figure : "\u2013"
            color: card.theme.text
            font.pixelSize: card.theme.figureSize
            font.weight: Font.DemiBold
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: card.theme.textSize
        }
        Text {
            Layout.fillWidth: true
            visible: !card.source.valid
            text: card.source.errorString
            color: card.theme.alarm
            font.pixelSize: card.theme.captionSize
            wrapMode: Text.Wrap
        }
        Sparkline {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: 36
            visible: card.source.valid
            theme: card.theme
            value: card.sample
        }
    }
}
