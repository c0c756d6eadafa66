// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick

// The colours and sizes of the dashboard, light or dark as the desktop is.
QtObject {
    id: theme

    property bool isDark: desktop.window.hslLightness < 0.5

    readonly property color window: isDark ? "#15171c" : "#f4f5f7"
    readonly property color surface: isDark ? "#1e2127" : "#ffffff"
    readonly property color border: isDark ? "#2c3038" : "#e2e5ea"
    readonly property color hover: isDark ? "#262a32" : "#f0f2f5"
    readonly property color selection: isDark ? "#25344f" : "#e3ecfd"
    readonly property color text: isDark ? "#e9ebee" : "#1a1d21"
    readonly property color quietText: isDark ? "#9aa3af" : "#5f6875"
    readonly property color accent: isDark ? "#6ea8ff" : "#2563d9"
    readonly property color alarm: isDark ? "#ff8a7a" : "#c2321f"

    readonly property int gap: 16
    readonly property int padding: 16
    readonly property int rowHeight: 32
    readonly property int textSize: 13
    readonly property int captionSize: 12
    readonly property int figureSize: 26

    readonly property SystemPalette desktop: SystemPalette {}
}
