// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace Benchmarks {

// A session of LTTng, with a daemon and a folder of its own, that records the tracepoints of this
// program from construction to destruction. Then it says how many events it lost, if any.
class TracingSession
{
public:
    TracingSession();
    ~TracingSession();
    TracingSession(const TracingSession &) = delete;
    TracingSession &operator=(const TracingSession &) = delete;

    bool isStarted() const { return m_errorString.isEmpty(); }
    QString errorString() const { return m_errorString; }

private:
    bool startDaemon();
    bool startSession();
    bool runCommand(const QStringList &arguments);

    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_output; // of the last command
    QString m_errorString;
};

} // namespace Benchmarks
