// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Recorders

ApplicationWindow {
    id: window

    required property MetricsRuntime appRuntime // C++ owns it, and handed it over

    property string selectedId // empty: the newest connection
    readonly property var recorderIds: appRuntime.recorderIds // sorted
    readonly property var connectionIds: recorderIds.filter(id => id.startsWith("connection-"))
    readonly property string newestId: connectionIds[connectionIds.length - 1] ?? ""
    readonly property string shownId: selectedId === "" ? newestId : selectedId

    readonly property Theme theme: Theme { isCompact: window.width < 860 }

    function select(entityId: string) {
        selectedId = entityId
        dashboard.registerEvent("dashboard.connection.selected", { connection: entityId })
    }

    width: 1080
    height: 720
    minimumWidth: 640
    minimumHeight: 560
    visible: true
    title: qsTr("Connections")
    color: theme.window

    // Takes what the user does to a recorder, as any other part of the program does.
    Recorder {
        id: dashboard
        runtime: window.appRuntime
        entityId: "dashboard"
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: window.theme.gap
        spacing: window.theme.gap

        MetricCards {
            Layout.fillWidth: true
            Layout.fillHeight: false // of their own height
            theme: window.theme
            runtime: window.appRuntime
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: window.theme.gap

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: window.theme.isCompact ? 11 : 14
                theme: window.theme
                header: PlainText {
                    anchors.fill: parent
                    leftPadding: window.theme.padding
                    theme: window.theme
                    text: qsTr("%1 connections").arg(list.count)
                    font.weight: Font.DemiBold
                    verticalAlignment: Text.AlignVCenter
                }

                ColumnLayout {
                    anchors.fill: parent
                    spacing: 0

                    ConnectionHeader {
                        Layout.fillWidth: true
                        Layout.leftMargin: window.theme.padding
                        Layout.rightMargin: window.theme.padding
                        theme: window.theme
                        rows: list.rows
                    }
                    ConnectionList {
                        id: list
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        theme: window.theme
                        runtime: window.appRuntime
                        selectedId: window.shownId
                        delegate: ConnectionRow {}
                        onPicked: entityId => window.select(entityId)
                    }
                }
            }
            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 10
                theme: window.theme
                header: TabBar {
                    id: tabs
                    anchors.fill: parent
                    background: null

                    PanelTab {
                        theme: window.theme
                        text: window.shownId === "" ? qsTr("No connection") : window.shownId
                    }
                    PanelTab {
                        theme: window.theme
                        text: qsTr("All recorders")
                    }
                }

                StackLayout {
                    anchors.fill: parent
                    currentIndex: tabs.currentIndex

                    ValueList {
                        theme: window.theme
                        runtime: window.appRuntime
                        entityId: window.shownId
                        delegate: ValueRow {}
                    }
                    RecorderTree {
                        theme: window.theme
                        runtime: window.appRuntime
                        delegate: TreeRow {}
                    }
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: 8

            StatusLine {
                Layout.fillWidth: true
                theme: window.theme
                runtime: window.appRuntime
            }
            Toggle {
                theme: window.theme
                text: qsTr("Follow the newest")
                checked: window.selectedId === ""
                onToggled: window.selectedId = checked ? "" : window.shownId
            }
            Toggle {
                theme: window.theme
                text: qsTr("Dark")
                checked: window.theme.isDark
                onToggled: window.theme.isDark = checked
            }
        }
    }
}
