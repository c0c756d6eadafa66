// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick

// The colours and sizes of the dashboard, light or dark as the desktop is.
QtObject {
    id: theme

    property bool isDark: desktop.window.hslLightness < 0.5
    property bool isCompact: false

    readonly property color window: isDark ? "#15171c" : "#f4f5f7"
    readonly property color surface: isDark ? "#1e2127" : "#ffffff"
    readonly property color border: isDark ? "#343943" : "#dfe3e8"
    readonly property color hover: isDark ? "#282c34" : "#f0f2f5"
    readonly property color selection: isDark ? "#25344f" : "#e3ecfd"
    readonly property color text: isDark ? "#e9ebee" : "#1a1d21"
    readonly property color quietText: isDark ? "#a3abb7" : "#5a6370"
    readonly property color accent: isDark ? "#7ab0ff" : "#2563d9"
    readonly property color alarm: isDark ? "#ff8a7a" : "#c2321f"

    readonly property int gap: isCompact ? 12 : 16
    readonly property int padding: isCompact ? 12 : 16
    readonly property int radius: 8
    readonly property int rowHeight: 32
    readonly property int titleHeight: 44
    readonly property int columnGap: 12
    readonly property int numberWidth: isCompact ? 72 : 80
    readonly property int textSize: 13
    readonly property int captionSize: 12
    readonly property int figureSize: 26

    readonly property SystemPalette desktop: SystemPalette {}
}
