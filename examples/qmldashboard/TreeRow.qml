// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Layouts

// A recorder, a metric or a value in a RecorderTree.
Item {
    id: node

    required property TreeView treeView // what the view says of it
    required property bool isTreeNode
    required property bool expanded
    required property bool hasChildren
    required property int depth
    required property bool current
    required property int row

    required property string display // roles of the model
    required property string text
    required property string rateText
    required property string errorText
    required property bool removed

    readonly property RecorderTree tree: treeView as RecorderTree
    readonly property Theme theme: tree.theme

    implicitHeight: 26

    Accessible.role: Accessible.TreeItem
    Accessible.name: `${display}: ${text} ${rateText}`
    Accessible.onPressAction: tree.pick(row)

    HoverHandler { id: hover }
    TapHandler { onTapped: node.tree.pick(node.row) }

    Rectangle {
        anchors.fill: parent
        color: node.current ? node.theme.selection
                            : hover.hovered ? node.theme.hover : "transparent"
        border.width: node.current && node.treeView.activeFocus ? 1 : 0
        border.color: node.theme.accent
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: node.theme.padding + 12 * node.depth
        anchors.rightMargin: node.theme.padding
        spacing: 4

        PlainText {
            Layout.preferredWidth: 12
            theme: node.theme
            text: !node.hasChildren ? "" : node.expanded ? "\u25be" : "\u25b8"
            color: node.theme.quietText
        }
        PlainText {
            Layout.fillWidth: true
            theme: node.theme
            text: node.display
            isStale: node.removed
            font.pixelSize: node.theme.captionSize
            font.weight: node.depth === 0 ? Font.DemiBold : Font.Normal
            elide: Text.ElideRight
        }
        PlainText {
            theme: node.theme
            text: node.text
            isStale: node.removed
            color: node.errorText === "" ? node.theme.text : node.theme.alarm
            font.pixelSize: node.theme.captionSize
        }
        PlainText {
            Layout.preferredWidth: node.theme.numberWidth
            visible: !node.theme.isCompact
            theme: node.theme
            text: node.rateText
            isStale: node.removed
            color: node.theme.quietText
            font.pixelSize: node.theme.captionSize
            horizontalAlignment: Text.AlignRight
        }
    }
}
