// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/snapshotrow_p.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace Recorders::Internal {

// Takes the rows of a model that have none below them, some at a time, so that the GUI goes on. They
// are those of the moment when it started.
class RowTaker : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds usualSlice{ 8 };

    explicit RowTaker(const QAbstractItemModel *model, QObject *parent = nullptr,
                      std::chrono::milliseconds slice = usualSlice);

    void start(); // a few rows are taken at once
    void finish(); // takes what is left, now

Q_SIGNALS:
    void progressed(int percent);
    void finished(const QList<Recorders::Internal::SnapshotRow> &rows);

private:
    struct Level
    {
        QModelIndex parent;
        int row = 0; // the next one
    };

    void connectChanges();
    bool takeNext(); // false: there is no more
    void takeSlice();
    int percent() const;
    void end();

    const QAbstractItemModel *const m_model;
    const std::chrono::milliseconds m_slice;
    std::vector<Level> m_levels; // from the root down
    QList<SnapshotRow> m_rows;
    QTimer m_timer;
};

} // namespace Recorders::Internal
