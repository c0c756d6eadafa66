// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts
import Recorders

// The titles of the columns of a ConnectionList.
RowLayout {
    id: header

    required property Theme theme
    required property SnapshotFilterModel rows

    spacing: theme.columnGap

    ColumnTitle {
        Layout.fillWidth: true
        theme: header.theme
        rows: header.rows
        column: SnapshotTableModel.EntityColumn
        text: qsTr("Connection")
    }
    ColumnTitle {
        Layout.preferredWidth: header.theme.numberWidth
        theme: header.theme
        rows: header.rows
        column: SnapshotTableModel.RateColumn
        isNumber: true
        text: qsTr("Rate")
    }
    ColumnTitle {
        Layout.preferredWidth: header.theme.numberWidth
        theme: header.theme
        rows: header.rows
        column: SnapshotTableModel.ValueColumn
        isNumber: true
        text: qsTr("Received")
    }
    PlainText { // of another metric, which the rows cannot be sorted by
        Layout.preferredWidth: header.theme.numberWidth
        visible: !header.theme.isCompact
        theme: header.theme
        text: qsTr("Files")
        color: header.theme.quietText
        font.pixelSize: header.theme.captionSize
        horizontalAlignment: Text.AlignRight
    }
}
