// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import Recorders

// A row for each connection, as a ConnectionHeader sorts them. Its delegate is a ConnectionRow.
ListView {
    id: list

    required property Theme theme
    required property MetricsRuntime runtime
    property string selectedId
    property real fastest: 1 // of all rates so far

    readonly property SnapshotTableModel table: SnapshotTableModel { runtime: list.runtime }
    // Of each connection the one value that fits these words, whose columns can be sorted by.
    readonly property SnapshotFilterModel rows: SnapshotFilterModel {
        filterText: "connection- connection.bytes.received"
        sortColumn: SnapshotTableModel.EntityColumn
        sourceModel: list.table
    }

    signal picked(entityId: string)

    function pickCurrent() {
        picked(rows.data(rows.index(currentIndex, 0), SnapshotModel.EntityIdRole))
    }

    function see(rate: real) {
        fastest = Math.max(fastest, rate)
    }

    clip: true
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Connections")

    model: rows

    Keys.onUpPressed: {
        decrementCurrentIndex()
        pickCurrent()
    }
    Keys.onDownPressed: {
        incrementCurrentIndex()
        pickCurrent()
    }

    PlainText {
        anchors.centerIn: parent
        visible: list.count === 0
        theme: list.theme
        text: list.table.errorString === "" ? qsTr("No connection is open") : list.table.errorString
        color: list.theme.quietText
    }
}
