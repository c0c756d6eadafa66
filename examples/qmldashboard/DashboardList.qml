// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import Recorders

// A list of the dashboard, with what its rows need to know.
ListView {
    id: list

    required property Theme theme
    required property MetricsRuntime runtime
    property string selectedId
    property real greatest: 1 // of what its bars show, so far

    signal appeared(entityId: string)
    signal picked(entityId: string)

    clip: true
    topMargin: 6
    bottomMargin: 6
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}
}
