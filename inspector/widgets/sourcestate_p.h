// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/emptystate_p.h"

#include <QCoreApplication>
#include <QString>

namespace Recorders {
class SnapshotModel;
class SnapshotSource;
} // namespace Recorders

namespace Recorders::Internal {

// What there is to say of where the snapshots come from, also when that is gone.
class SourceState
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::SourceState)

public:
    explicit SourceState(const SnapshotModel &model);

    void setSource(SnapshotSource *source);
    void setUpdated() { m_hasUpdate = true; }

    QString name() const { return m_name; }
    bool isOver() const;
    QString text() const; // a glyph and a word
    EmptyState::Content emptyContent() const; // why there is nothing to see

private:
    const SnapshotModel &m_model;
    QString m_name;
    bool m_hadSource = false;
    bool m_hasUpdate = false;
};

} // namespace Recorders::Internal
