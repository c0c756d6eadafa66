// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowexport_p.h"

#include "widgets/rowtaker_p.h"

#include <QDir>
#include <QFileDialog>
#include <QFutureWatcher>
#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace Recorders::Internal {

namespace {

// On a disk that is nearly full, a write may take a part and report no error: only the next one
// does.
bool writeAll(const QByteArray &bytes, QSaveFile &file)
{
    qint64 written = 0;
    while (written < bytes.size()) {
        const qint64 count = file.write(bytes.constData() + written, bytes.size() - written);
        if (count <= 0)
            return false;
        written += count;
    }
    return true;
}

// Returns what went wrong, or nothing.
QString writeFile(const QList<SnapshotRow> &rows, const QString &path,
                  const QPromise<QString> &promise)
{
    const bool isJson = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const QByteArray bytes = toBytes(rows, isJson ? RowFormat::Json : RowFormat::Csv);
    QSaveFile file(path);
    // What is in a buffer is written by commit(), which does not check that.
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && writeAll(bytes, file)
        && (promise.isCanceled() || file.commit()))
        return {};
    return file.errorString();
}

} // namespace

RowExport::RowExport(QWidget *parent, std::chrono::milliseconds slice)
    : QObject(parent)
    , m_parent(parent)
    , m_slice(slice)
{
}

RowExport::~RowExport() = default;

void RowExport::start(const QAbstractItemModel *model)
{
    drop();
    openDialog();
    take(model);
}

void RowExport::cancel()
{
    const bool isWaiting = m_taker || m_rows;
    drop();
    m_writing.cancel(); // tells the result then
    if (isWaiting)
        Q_EMIT finished(tr("The export was canceled"));
}

void RowExport::openDialog()
{
    m_dialog = newDialog();
    connect(m_dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_path = path;
        writeWhenReady();
    });
    connect(m_dialog, &QDialog::rejected, this, &RowExport::drop);
    m_dialog->show();
}

void RowExport::take(const QAbstractItemModel *model)
{
    m_taker = new RowTaker(model, this, m_slice);
    connect(m_taker, &RowTaker::progressed, this, [this](int percent) {
        Q_EMIT progressed(tr("Taking the values for the export: %1 %").arg(percent));
    });
    connect(m_taker, &RowTaker::finished, this, [this](const QList<SnapshotRow> &rows) {
        std::exchange(m_taker, nullptr)->deleteLater();
        m_rows = rows;
        Q_EMIT takingChanged(false);
        Q_EMIT progressed({});
        writeWhenReady();
    });
    Q_EMIT takingChanged(true);
    m_taker->start();
}

// Nothing of it was written.
void RowExport::drop()
{
    if (m_dialog) {
        m_dialog->disconnect(this);
        m_dialog->close();
    }
    m_rows.reset();
    m_path.clear();
    if (!m_taker)
        return;
    delete std::exchange(m_taker, nullptr);
    Q_EMIT takingChanged(false);
    Q_EMIT progressed({});
}

void RowExport::writeWhenReady()
{
    if (m_rows && !m_path.isEmpty())
        write(*std::exchange(m_rows, std::nullopt), std::exchange(m_path, QString()));
}

QFileDialog *RowExport::newDialog() const
{
    const QString csv = tr("Comma-separated values (*.csv)");
    const QString json = tr("JSON (*.json)");
    auto *dialog = new QFileDialog(m_parent, tr("Export"));
    dialog->setObjectName(QStringLiteral("export"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters({ csv, json });
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json](const QString &filter) {
        dialog->setDefaultSuffix(filter == json ? QStringLiteral("json") : QStringLiteral("csv"));
    });
    return dialog;
}

void RowExport::write(const QList<SnapshotRow> &rows, const QString &path)
{
    const auto promise = std::make_shared<QPromise<QString>>();
    auto *watcher = new QFutureWatcher<QString>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, path, count = rows.size()] {
                tellResult(watcher->future(), path, count);
                watcher->deleteLater();
            });
    m_writing = promise->future();
    watcher->setFuture(m_writing);
    promise->start();
    Q_EMIT progressed(tr("Writing %1").arg(QDir::toNativeSeparators(path)));
    QThreadPool::globalInstance()->start([promise, rows, path] {
        promise->addResult(writeFile(rows, path, *promise));
        promise->finish();
    });
}

void RowExport::tellResult(const QFuture<QString> &writing, const QString &path, qsizetype count)
{
    const QString name = QDir::toNativeSeparators(path);
    Q_EMIT progressed({});
    if (writing.isCanceled())
        Q_EMIT finished(tr("The export was canceled"));
    else if (const QString error = writing.result(); !error.isEmpty())
        Q_EMIT finished(tr("\u26a0 Could not export to %1: %2").arg(name, error));
    else if (count == 1)
        Q_EMIT finished(tr("Exported 1 value to %1").arg(name));
    else
        Q_EMIT finished(tr("Exported %1 values to %2").arg(count).arg(name));
}

} // namespace Recorders::Internal
