// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import Recorders

Column {
    id: view

    required property MetricsRuntime appRuntime // C++ owns it, and handed it over

    MetricValue { // one number
        id: saves
        runtime: view.appRuntime
        entityId: "document_storage"
        metric: "saves"
    }
    Label {
        text: saves.valid ? `${saves.text} saves, ${saves.rateText}` : saves.errorString
    }

    ListView { // all numbers of a recorder
        width: 300
        height: 200
        model: RecorderSnapshotModel {
            runtime: view.appRuntime
            entityId: "document_storage"
        }
        delegate: Row {
            required property string metric
            required property string dimension
            required property string text // formatted; `value` is the raw one

            spacing: 8
            Label { text: `${parent.metric} ${parent.dimension}` }
            Label { text: parent.text }
        }
    }

    Recorder { // events of QML and JavaScript
        id: recorder
        runtime: view.appRuntime
        entityId: "ui"
    }
    Button {
        text: "Save"
        onClicked: recorder.registerEvent("ui.button.clicked", { button: text })
    }
}
