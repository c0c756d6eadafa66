// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

namespace Recorders {
class SnapshotModel;
}

namespace Recorders::Internal {

class InspectorActivity;
class SnapshotViews;
class SourceState;
class StatusSummary;

// Tells the summary how everything is.
class InspectorStatus : public QObject
{
    Q_OBJECT

public:
    InspectorStatus(StatusSummary *summary, const SnapshotModel &model, const SourceState &state,
                    const InspectorActivity &activity, const SnapshotViews &views);

    void update();

private:
    void updateState();

    StatusSummary *const m_summary;
    const SnapshotModel &m_model;
    const SourceState &m_state;
    const InspectorActivity &m_activity;
};

} // namespace Recorders::Internal
