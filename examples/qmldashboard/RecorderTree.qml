// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQml.Models
import QtQuick
import QtQuick.Controls.Basic
import Recorders

// All recorders, their metrics, and the values of these. Its delegate is a TreeRow.
TreeView {
    id: tree

    required property Theme theme
    required property MetricsRuntime runtime

    function makeCurrent(row: int) {
        selectionModel.setCurrentIndex(modelIndex(Qt.point(0, row)), ItemSelectionModel.NoUpdate)
    }

    function pick(row: int) {
        forceActiveFocus()
        makeCurrent(row)
        toggleExpanded(row)
    }

    clip: true
    topMargin: 8
    bottomMargin: 8
    activeFocusOnTab: true
    pointerNavigationEnabled: false // a row takes its clicks itself
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}
    onActiveFocusChanged: {
        if (activeFocus && currentRow < 0)
            makeCurrent(0)
    }
    Keys.onSpacePressed: toggleExpanded(currentRow)
    Keys.onReturnPressed: toggleExpanded(currentRow)

    Accessible.role: Accessible.Tree
    Accessible.name: qsTr("All recorders")

    model: SnapshotModel {
        id: snapshots
        runtime: tree.runtime
        metricsOnDemand: true // of what is expanded
    }
    // A row shows all that is told of it in the first column.
    columnWidthProvider: column => column === SnapshotModel.NameColumn ? width : 0
    onWidthChanged: forceLayout()

    selectionModel: ItemSelectionModel { model: snapshots }

    PlainText {
        anchors.centerIn: parent
        visible: tree.rows === 0
        theme: tree.theme
        text: snapshots.errorString === "" ? qsTr("There are no recorders") : snapshots.errorString
        color: tree.theme.quietText
    }
}
