// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmark.h>

#include <QList>
#include <QObject>

namespace Recorders::Internal {

class InspectorSettings;
class MarkList;

// Keeps marks in the settings, from one time to the next, unless they are large.
class KeptMarks : public QObject
{
    Q_OBJECT

public:
    KeptMarks(MarkList *marks, InspectorSettings *settings);

    void restore();

private:
    void save();

    MarkList *const m_marks;
    InspectorSettings *const m_settings;
    QList<SnapshotMark> m_saved;
};

} // namespace Recorders::Internal
