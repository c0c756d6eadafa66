// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsrecorder.h>

#include <QDir>
#include <QSet>
#include <QString>

#include <memory>

// Saves documents into a directory. Being measured is optional, and never changes what it does.
class DocumentStorage
{
public:
    explicit DocumentStorage(const QString &directory,
                             std::shared_ptr<Recorders::MetricsRecorder> recorder = {});

    void protect(const QString &path); // a file that save() must never replace

    bool save(const QString &path); // a copy of that file
    QString errorString() const { return m_errorString; } // of the last save()

private:
    bool trySave(const QString &path);
    bool copy(const QString &from, const QString &to);
    bool fail(const QString &errorString);

    QDir m_directory;
    QSet<QString> m_protectedPaths; // canonical
    qint64 m_savedBytes = 0; // by the last save()
    QString m_errorString;
    std::shared_ptr<Recorders::MetricsRecorder> m_recorder;
};
