// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <QFuture>
#include <QList>

namespace Benchmarks {

// Recorders of three metrics, between which others come and go, all of them in one update. Its
// answers are ready when it is asked.
class ScatteredSource : public Recorders::SnapshotSource
{
public:
    ScatteredSource(int staying, int others);

    void setOthersThere(bool there); // not at first

    QString name() const override { return QStringLiteral("scattered"); }
    Recorders::RuntimeState state() const override { return Recorders::RuntimeState::Running; }
    quint64 version() const override { return m_version; }
    QFuture<Recorders::SnapshotUpdate>
    changesSince(const Recorders::SnapshotRequest &request) override;

private:
    static Recorders::RecorderSnapshot newRecorder(int number);

    QList<Recorders::RecorderSnapshot> m_staying;
    QList<Recorders::RecorderSnapshot> m_others;
    quint64 m_version = 1;
    bool m_areOthersThere = false;
};

} // namespace Benchmarks
