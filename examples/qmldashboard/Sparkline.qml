// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Shapes

// What a number was lately: one sample per interval, the last one at the right edge.
Item {
    id: sparkline

    required property Theme theme
    required property real value
    property color color: theme.accent
    property int interval: 250 // ms
    property int capacity: 60
    property alias running: timer.running

    property var samples: []
    readonly property real greatest: Math.max(1e-9, ...samples)
    readonly property list<point> line: samples.map((sample, index) => Qt.point(
        width * (index + capacity - samples.length) / (capacity - 1),
        (height - 2) * (1 - sample / greatest) + 1))

    function edges() {
        return line.length < 2 ? [] : [Qt.point(line[0].x, height), ...line,
                                       Qt.point(width, height)]
    }

    Timer {
        id: timer

        interval: sparkline.interval
        running: true
        repeat: true
        triggeredOnStart: true
        onTriggered: {
            const samples = [...sparkline.samples, sparkline.value]
            sparkline.samples = samples.slice(-sparkline.capacity)
        }
    }

    Shape {
        anchors.fill: parent

        ShapePath {
            strokeColor: "transparent"
            fillColor: Qt.alpha(sparkline.color, 0.14)
            PathPolyline { path: sparkline.edges() }
        }
        ShapePath {
            strokeColor: sparkline.color
            strokeWidth: 1.5
            fillColor: "transparent"
            joinStyle: ShapePath.RoundJoin
            PathPolyline { path: sparkline.line }
        }
    }
}
