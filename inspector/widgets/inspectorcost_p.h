// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>

#include <QObject>
#include <QTimer>

namespace Recorders::Internal {

class DetailPane;
class InspectorPace;
class StatusSummary;
class WorkMeter;

// Tells the summary once a second what the inspector itself takes: time of the GUI thread, and
// memory for histories.
class InspectorCost : public QObject
{
    Q_OBJECT

public:
    InspectorCost(WorkMeter *meter, const InspectorPace &pace, const DetailPane &detail,
                  StatusSummary *summary);

    void setActive(bool active); // else nobody sees it
    void setBytePrefix(BytePrefix bytes);

private:
    void measure();
    void tell();
    void tellHistories();

    WorkMeter *const m_meter;
    const InspectorPace &m_pace;
    const DetailPane &m_detail;
    StatusSummary *const m_summary;
    BytePrefix m_bytes = BytePrefix::Binary;
    QTimer m_timer;
};

} // namespace Recorders::Internal
