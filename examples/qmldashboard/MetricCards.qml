// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts
import Recorders

// What all connections do together.
RowLayout {
    id: cards

    required property Theme theme
    required property MetricsRuntime runtime

    spacing: theme.gap

    MetricCard {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1 // of equal parts
        theme: cards.theme
        title: qsTr("Throughput")
        figure: source.rateText
        remark: qsTr("%1 in all").arg(source.text)
        sample: source.rate
        source: MetricValue {
            runtime: cards.runtime
            entityId: "pool"
            metric: "connection.bytes.received"
        }
    }
    MetricCard {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        theme: cards.theme
        title: qsTr("Active transfers")
        source: MetricValue {
            runtime: cards.runtime
            entityId: "pool"
            metric: "connection.transfers.active"
        }
    }
    MetricCard {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        theme: cards.theme
        title: qsTr("Finished transfers")
        remark: source.rateText
        sample: source.rate
        source: MetricValue {
            runtime: cards.runtime
            entityId: "pool"
            metric: "connection.transfers.finished"
        }
    }
    MetricCard {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        theme: cards.theme
        title: qsTr("Transfer time")
        remark: qsTr("90th percentile")
        source: MetricValue {
            runtime: cards.runtime
            entityId: "pool"
            metric: "connection.transfer.duration"
            dimension: "p90"
        }
    }
}
