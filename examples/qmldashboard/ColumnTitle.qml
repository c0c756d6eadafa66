// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import Recorders

// The title of a column. A click sorts by it, another one reverses the order.
AbstractButton {
    id: title

    required property Theme theme
    required property SnapshotFilterModel rows
    required property int column
    property bool isNumber: false // at the right, and the greatest first

    readonly property bool isSorted: rows.sortColumn === column
    readonly property bool isAscending: rows.sortOrder === Qt.AscendingOrder
    readonly property string arrow: !isSorted ? "" : isAscending ? "\u25b2" : "\u25bc"

    function sort() {
        const ascends = isSorted ? !isAscending : !isNumber
        rows.sortOrder = ascends ? Qt.AscendingOrder : Qt.DescendingOrder
        rows.sortColumn = column
    }

    implicitHeight: theme.rowHeight
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    onClicked: sort()

    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Sort by: %1").arg(text)
    Accessible.description: !isSorted ? qsTr("not sorted")
                                      : isAscending ? qsTr("ascending") : qsTr("descending")

    contentItem: PlainText {
        theme: title.theme
        text: title.isNumber ? `${title.arrow} ${title.text}` : `${title.text} ${title.arrow}`
        color: title.isSorted || title.hovered ? title.theme.text : title.theme.quietText
        font.pixelSize: title.theme.captionSize
        horizontalAlignment: title.isNumber ? Text.AlignRight : Text.AlignLeft
        verticalAlignment: Text.AlignVCenter
    }
    background: Rectangle {
        anchors.fill: parent
        anchors.margins: 3
        anchors.leftMargin: -6
        anchors.rightMargin: -6
        radius: 4
        color: title.down ? title.theme.selection
                          : title.hovered ? title.theme.hover : "transparent"
        border.width: title.visualFocus ? 2 : 0
        border.color: title.theme.accent
    }
}
