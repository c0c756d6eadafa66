// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Recorders

ApplicationWindow {
    id: window

    required property MetricsRuntime appRuntime
    property string selectedId
    property bool followsNewest: true

    readonly property Theme theme: Theme {}

    function select(entityId: string) {
        followsNewest = false
        selectedId = entityId
        dashboard.registerEvent("dashboard.connection.selected", { connection: entityId })
    }

    function notice(entityId: string) {
        if (followsNewest)
            selectedId = entityId
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

    MetricValue {
        id: received
        runtime: window.appRuntime
        entityId: "pool"
        metric: "connection.bytes.received"
    }
    MetricValue {
        id: active
        runtime: window.appRuntime
        entityId: "pool"
        metric: "connection.transfers.active"
    }
    MetricValue {
        id: finished
        runtime: window.appRuntime
        entityId: "pool"
        metric: "connection.transfers.finished"
    }
    MetricValue {
        id: duration
        runtime: window.appRuntime
        entityId: "pool"
        metric: "connection.transfer.duration"
        dimension: "p90"
    }
    MetricValue {
        id: selections
        runtime: window.appRuntime
        entityId: "dashboard"
        metric: "dashboard.selections"
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: window.theme.gap
        spacing: window.theme.gap

        GridLayout {
            Layout.fillWidth: true
            columns: window.width < 860 ? 2 : 4
            columnSpacing: window.theme.gap
            rowSpacing: window.theme.gap

            MetricCard {
                Layout.fillWidth: true
                Layout.preferredWidth: 1 // of equal parts
                theme: window.theme
                title: qsTr("Throughput")
                source: received
                figure: received.rateText
                remark: qsTr("%1 in all").arg(received.text)
                sample: received.rate
            }
            MetricCard {
                Layout.fillWidth: true
                Layout.preferredWidth: 1 // of equal parts
                theme: window.theme
                title: qsTr("Transfers under way")
                source: active
            }
            MetricCard {
                Layout.fillWidth: true
                Layout.preferredWidth: 1 // of equal parts
                theme: window.theme
                title: qsTr("Transfers finished")
                source: finished
                remark: finished.rateText
                sample: finished.rate
            }
            MetricCard {
                Layout.fillWidth: true
                Layout.preferredWidth: 1 // of equal parts
                theme: window.theme
                title: qsTr("Transfer time, 90th percentile")
                source: duration
            }
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: window.theme.gap

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 3
                theme: window.theme
                title: qsTr("Connections")
                remark: list.count

                DashboardList {
                    id: list

                    anchors.fill: parent
                    theme: window.theme
                    runtime: window.appRuntime
                    selectedId: window.selectedId
                    model: SnapshotFilterModel {
                        filterText: "connection- connection.bytes.received"
                        sourceModel: SnapshotTableModel { runtime: window.appRuntime }
                    }
                    delegate: ConnectionRow {}
                    onAppeared: entityId => window.notice(entityId)
                    onPicked: entityId => window.select(entityId)
                }
            }

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 2
                theme: window.theme
                title: window.selectedId
                remark: window.followsNewest ? qsTr("the newest") : qsTr("selected")

                DashboardList {
                    id: values

                    anchors.fill: parent
                    theme: window.theme
                    runtime: window.appRuntime
                    model: RecorderSnapshotModel {
                        runtime: window.appRuntime
                        entityId: window.selectedId
                    }
                    section.property: "metric"
                    delegate: ValueRow {}
                }
                Text {
                    anchors.centerIn: parent
                    visible: values.count === 0
                    text: window.selectedId === "" ? qsTr("Select a connection")
                                                   : qsTr("This connection is closed")
                    color: window.theme.quietText
                    font.pixelSize: window.theme.textSize
                }
            }
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: window.appRuntime.state === Recorders.RuntimeState.Running
                    ? qsTr("%1: %2 recorders").arg(window.appRuntime.name)
                                              .arg(window.appRuntime.recorderIds.length)
                    : qsTr("%1 has ended").arg(window.appRuntime.name)
                color: window.theme.quietText
                font.pixelSize: window.theme.captionSize
            }
            Text {
                text: qsTr("Looked at: %1").arg(selections.text)
                color: window.theme.quietText
                font.pixelSize: window.theme.captionSize
            }
            Toggle {
                theme: window.theme
                text: qsTr("Follow the newest")
                checked: window.followsNewest
                onToggled: window.followsNewest = checked
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
