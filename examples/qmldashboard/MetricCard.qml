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
    property string remark: " " // what is shown below it
    property real sample: source.valid ? Number(source.value) : 0

    implicitWidth: 200
    implicitHeight: content.implicitHeight + 2 * theme.padding
    radius: theme.radius
    color: theme.surface
    border.color: theme.border

    ColumnLayout {
        id: content

        anchors.fill: parent
        anchors.margins: card.theme.padding
        spacing: 2

        PlainText {
            Layout.fillWidth: true
            theme: card.theme
            text: card.title
            color: card.theme.quietText
            font.pixelSize: card.theme.captionSize
            wrapMode: Text.Wrap
        }
        PlainText {
            Layout.fillWidth: true
            Layout.preferredHeight: 32
            theme: card.theme
            text: card.figure === "" ? "\u2013" : card.figure
            isStale: !card.source.valid
            font.pixelSize: card.theme.figureSize
            font.weight: Font.DemiBold
            fontSizeMode: Text.Fit
            minimumPixelSize: card.theme.captionSize
            verticalAlignment: Text.AlignVCenter
        }
        PlainText {
            Layout.fillWidth: true
            theme: card.theme
            text: card.source.valid ? card.remark : card.source.errorString
            color: card.theme.quietText
            font.pixelSize: card.theme.captionSize
            wrapMode: Text.Wrap
        }
        Sparkline {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: 36
            Layout.topMargin: 4
            theme: card.theme
            value: card.sample
            running: card.source.valid
        }
    }
}
