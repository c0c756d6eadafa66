// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import Recorders

// What the runtime says of all its recorders together.
PlainText {
    id: line

    required property MetricsRuntime runtime

    readonly property runtimeTotals totals: runtime.totals
    readonly property bool isAllWell: totals.failed + totals.dropped + totals.metricErrors === 0

    function number(value: real): string {
        return value.toLocaleString(Qt.locale(), "f", 0)
    }

    text: runtime.state !== Recorders.RuntimeState.Running ? qsTr("%1 has ended").arg(runtime.name)
        : qsTr("%1 recorders, %2 failed; %3 events, %4 dropped").arg(number(totals.recorders))
            .arg(number(totals.failed)).arg(number(totals.handled)).arg(number(totals.dropped))
    color: isAllWell ? theme.quietText : theme.alarm
    font.pixelSize: theme.captionSize
    wrapMode: Text.Wrap
}
