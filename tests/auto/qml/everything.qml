// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQml
import Recorders

// All that the module has, for qmllint and tst_qmlimport.
QtObject {
    id: everything

    required property MetricsRuntime appRuntime
    readonly property SnapshotSource source: appRuntime.snapshotSource

    readonly property string runtime: `${appRuntime.name} ${appRuntime.recorderIds.length} `
        + `${appRuntime.state === Recorders.RuntimeState.Running} ${source.name} ${source.state}`
    readonly property runtimeTotals totals: appRuntime.totals
    readonly property int counted: totals.recorders + totals.failed + totals.registered
        + totals.accepted + totals.dropped + totals.rejected + totals.notRunning + totals.handled
        + totals.pending + totals.metricErrors

    readonly property MetricValue value: MetricValue {
        runtime: everything.appRuntime
        entityId: "ui"
        metric: "clicks"
        dimension: "total"
        refreshInterval: 1
    }
    readonly property string shown: `${value.value} ${value.text} ${value.exactText} ${value.unit} `
        + `${value.rate} ${value.rateText} ${value.valid} ${value.stale} ${value.errorString}`

    readonly property Recorder recorder: Recorder {
        runtime: everything.appRuntime
        entityId: "ui"
        create: true
    }
    readonly property string state: `${recorder.state === Recorders.RecorderState.Running} `
        + `${recorder.available} ${recorder.errorString} ${recorder.pending} ${recorder.dropped}`

    readonly property RecorderSnapshotModel ofOne: RecorderSnapshotModel {
        runtime: everything.appRuntime
        entityId: "ui"
        refreshInterval: 1
        paused: false
        keepRemoved: true
        bytePrefix: Recorders.BytePrefix.Decimal
    }
    readonly property SnapshotTableModel ofAll: SnapshotTableModel {
        source: everything.source
        mark: everything.ofOne.mark
    }
    readonly property SnapshotModel tree: SnapshotModel { runtime: everything.appRuntime }
    readonly property SnapshotFilterModel filter: SnapshotFilterModel {
        sourceModel: everything.ofAll
        filterText: "clicks"
        sortColumn: SnapshotTableModel.ValueColumn
        sortOrder: Qt.DescendingOrder
        holdOrder: false
        movesRows: true
    }
    readonly property string models: `${ofOne.available} ${ofOne.ended} ${ofOne.stalled} ${ofOne.errorString} `
        + `${ofAll.errorString} ${tree.errorString} ${filter.errorString} ${filter.busy} `
        + `${filter.hitCount} ${filter.searchedCount}`

    readonly property Instantiator rows: Instantiator {
        model: everything.filter
        delegate: QtObject {
            required property string entityId
            required property string metric
            required property string dimension
            required property var value
            required property string text
            required property string exactText
            required property string unit
            required property int kind
            required property var rate
            required property string rateText
            required property int state
            required property string errorText
            required property string description
            required property int nodeType
            required property var registered
            required property var handled
        }
    }

    function click(): bool {
        const result = recorder.registerEvent("ui.button.clicked", { name: "save", ms: 3 })
        return result === Recorders.RegisterResult.Accepted
    }

    function firstValue(): var {
        const snapshot = recorder.latestSnapshots()[0]
        return snapshot.contains("total") ? snapshot.value("total") : snapshot.dimensions[0].value
    }
}
