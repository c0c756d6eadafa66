// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "documentstorage.h"

#include "documentsavemetrics.h"

#include <recorders/metrics/standardmetrics.h>

#include <QFileInfo>
#include <QSaveFile>

// On a disk that is nearly full, a write may take a part and report no error: only the next one
// does. Without this loop the part would be committed.
static bool writeAll(const QByteArray &bytes, QSaveFile *file)
{
    qint64 written = 0;
    while (written < bytes.size()) {
        const qint64 count = file->write(bytes.constData() + written, bytes.size() - written);
        if (count <= 0)
            return false;
        written += count;
    }
    return true;
}

DocumentStorage::DocumentStorage(const QString &directory,
                                 std::shared_ptr<Recorders::MetricsRecorder> recorder)
    : m_directory(directory)
    , m_recorder(std::move(recorder))
{
    if (!m_recorder)
        return;
    m_recorder->registerMetric(std::make_unique<DocumentSaveAttempts>());
    m_recorder->registerMetric(
            Recorders::counter<DocumentSaveAttempt>(QStringLiteral("document_storage.save.bytes"))
                    .of(&DocumentSaveAttempt::sizeBytes)
                    .unit(Recorders::Unit::bytes())
                    .description(QStringLiteral("Bytes of the documents that were saved")));
    m_recorder->registerMetric(
            Recorders::statistics<DocumentSaveAttempt>(
                    QStringLiteral("document_storage.save.duration"))
                    .of(&DocumentSaveAttempt::duration)
                    .description(QStringLiteral("Duration of attempts to save a document")));
}

void DocumentStorage::protect(const QString &path)
{
    const QString canonicalPath = QFileInfo(path).canonicalFilePath();
    if (!canonicalPath.isEmpty()) // empty: there is no such file
        m_protectedPaths.insert(canonicalPath);
}

bool DocumentStorage::save(const QString &path)
{
    m_errorString.clear();
    m_savedBytes = 0;

    Recorders::ScopedTimer attempt(m_recorder, &DocumentSaveAttempt::duration); // a failure, unless
    if (!trySave(path))
        return false;
    attempt->outcome = DocumentSaveAttempt::Outcome::Success;
    attempt->sizeBytes = m_savedBytes;
    return true;
}

bool DocumentStorage::trySave(const QString &path)
{
    if (path.trimmed().isEmpty())
        return fail(QStringLiteral("The name is empty"));
    const QFileInfo source(path);
    if (!source.exists())
        return fail(QStringLiteral("There is no such file"));
    if (!source.isFile()) // a pipe or a device could be read endlessly
        return fail(QStringLiteral("It is not a regular file"));
    if (!m_directory.mkpath(QStringLiteral("."))) {
        return fail(QStringLiteral("The directory %1 cannot be created")
                            .arg(QDir::toNativeSeparators(m_directory.path())));
    }

    const QString target = m_directory.filePath(source.fileName());
    if (m_protectedPaths.contains(QFileInfo(target).canonicalFilePath())) {
        return fail(QStringLiteral("%1 is one of the files to save, or was saved just now: "
                                   "it is not replaced")
                            .arg(QDir::toNativeSeparators(target)));
    }
    if (!copy(path, target))
        return false;
    protect(target); // a second document of that name must not replace the first
    return true;
}

bool DocumentStorage::copy(const QString &from, const QString &to)
{
    static constexpr qint64 chunkSizeBytes = 65'536;

    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("It cannot be read: %1").arg(source.errorString()));
    QSaveFile target(to);
    // What is in a buffer is written by commit(), which does not check that.
    if (!target.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return fail(QStringLiteral("It cannot be saved: %1").arg(target.errorString()));

    QByteArray chunk;
    do {
        chunk = source.read(chunkSizeBytes);
        if (source.error() != QFileDevice::NoError)
            return fail(QStringLiteral("It cannot be read: %1").arg(source.errorString()));
        if (!writeAll(chunk, &target))
            return fail(QStringLiteral("It cannot be saved: %1").arg(target.errorString()));
        m_savedBytes += chunk.size();
    } while (!chunk.isEmpty());
    if (!target.commit())
        return fail(QStringLiteral("It cannot be saved: %1").arg(target.errorString()));
    return true;
}

bool DocumentStorage::fail(const QString &errorString)
{
    m_errorString = errorString;
    return false;
}
