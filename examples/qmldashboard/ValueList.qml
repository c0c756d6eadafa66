// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import Recorders

// All values of one recorder. When it goes, those that it had last stay, dimmed. Its delegate is a
// ValueRow.
ListView {
    id: values

    required property Theme theme
    required property MetricsRuntime runtime
    required property string entityId

    clip: true
    topMargin: 8
    bottomMargin: 8
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Values of %1").arg(entityId)

    section.property: "metric"
    model: RecorderSnapshotModel {
        id: snapshot
        runtime: values.runtime
        entityId: values.entityId
        keepRemoved: true
    }

    PlainText {
        anchors.centerIn: parent
        width: parent.width - 2 * values.theme.padding
        visible: values.count === 0
        theme: values.theme
        text: values.entityId === "" ? qsTr("No connection is open") : snapshot.errorString
        color: values.theme.quietText
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
    }
}
