// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/rowformat_p.h"
#include "widgets/rowtaker_p.h"

#include <QFuture>
#include <QObject>
#include <QPointer>

#include <optional>

class QAbstractItemModel;
class QFileDialog;
class QWidget;

namespace Recorders::Internal {

// Asks for a file and writes the rows of a model into it, in another thread. They are those of the
// moment when it was asked for, however long the user looks for a folder.
class RowExport : public QObject
{
    Q_OBJECT

public:
    explicit RowExport(QWidget *parent, std::chrono::milliseconds slice = RowTaker::usualSlice);
    ~RowExport() override;

    void start(const QAbstractItemModel *model); // instead of one that is not written yet
    void cancel(); // what is not written yet

Q_SIGNALS:
    void takingChanged(bool taking); // the model should stand still meanwhile
    void progressed(const QString &text); // empty: there is nothing to wait for
    void finished(const QString &message); // what came of it

private:
    void openDialog();
    QFileDialog *newDialog() const;
    void take(const QAbstractItemModel *model);
    void drop();
    void writeWhenReady();
    void write(const QList<SnapshotRow> &rows, const QString &path);
    void tellResult(const QFuture<QString> &writing, const QString &path, qsizetype count);

    QWidget *const m_parent;
    const std::chrono::milliseconds m_slice; // of what it takes
    QPointer<QFileDialog> m_dialog;
    RowTaker *m_taker = nullptr; // while there is something to take
    std::optional<QList<SnapshotRow>> m_rows; // that were taken and are not written yet
    QString m_path;
    QFuture<QString> m_writing;
};

} // namespace Recorders::Internal
