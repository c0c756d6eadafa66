// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import Recorders

Column {
    id: view

    required property MetricsRuntime appRuntime // C++ owns it, and handed it over

    // One number.
    MetricValue { id: saves; runtime: view.appRuntime; entityId: "document_storage"; metric: "saves" }
    Label { text: `${saves.text} saves, ${saves.rateText}`; opacity: saves.valid ? 1 : 0.4 }

    // All numbers of a recorder.
    ListView {
        width: 300
        height: 100
        model: RecorderSnapshotModel { runtime: view.appRuntime; entityId: "document_storage" }
        delegate: Row {
            required property string metric
            required property string dimension
            required property string text // formatted with its unit

            spacing: 8
            Label { text: `${parent.metric} ${parent.dimension}` }
            Label { text: parent.text }
        }
    }

    // All recorders, their metrics and the dimensions of these.
    TreeView {
        width: 300
        height: 200
        model: SnapshotModel { runtime: view.appRuntime }
        delegate: TreeViewDelegate { implicitWidth: 150 }
    }

    // Events of QML and JavaScript.
    Recorder { id: ui; runtime: view.appRuntime; entityId: "ui" }
    Button { text: "Save"; onClicked: ui.registerEvent("ui.button.clicked", { button: text }) }
}
