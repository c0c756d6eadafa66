// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "tracingsession.h"

#include <QCoreApplication>
#include <QStringList>

#include <csignal>
#include <cstdio>

#include <sys/prctl.h>

namespace Benchmarks {

namespace {

// The daemon of an administrator serves all programs, so that there may be sessions of others.
QString sessionName()
{
    return QStringLiteral("recorders_benchmark_%1").arg(QCoreApplication::applicationPid());
}

} // namespace

TracingSession::TracingSession()
{
    // Where the daemon, the command and the library of this program look for each other.
    qputenv("LTTNG_HOME", m_folder.path().toLocal8Bit());
    if (!startDaemon() || !startSession())
        m_errorString = m_output.simplified();
}

TracingSession::~TracingSession()
{
    if (isStarted()) {
        runCommand({ QStringLiteral("destroy"), sessionName() });
        if (m_output.contains(QLatin1StringView("discarded")))
            std::fprintf(stderr, "LTTng-UST: %s\n", qPrintable(m_output.simplified()));
    }
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

// The daemon is ready when it answers. Instead of ours, one that runs already may do so.
bool TracingSession::startDaemon()
{
    m_daemon.setProcessChannelMode(QProcess::MergedChannels);
    m_daemon.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); }); // ends with us
    m_daemon.start(QStringLiteral("lttng-sessiond"), { QStringLiteral("--no-kernel") });
    if (!m_daemon.waitForStarted()) {
        m_output = QStringLiteral("lttng-sessiond: ") + m_daemon.errorString();
        return false;
    }
    for (int attempt = 0; attempt < 50; ++attempt) {
        if (runCommand({ QStringLiteral("list") }))
            return true;
        if (m_daemon.waitForFinished(100)) {
            m_output = QString::fromLocal8Bit(m_daemon.readAll());
            return false;
        }
    }
    return false;
}

bool TracingSession::startSession()
{
    const QString session = QStringLiteral("--session=") + sessionName();
    const QString userSpace = QStringLiteral("--userspace");
    const QString channel = QStringLiteral("events");
    // As much memory as a turn of the benchmark writes, so that nothing is discarded.
    return runCommand({ QStringLiteral("create"), sessionName(),
                        QStringLiteral("--output=") + m_folder.filePath(QStringLiteral("trace")) })
            && runCommand({ QStringLiteral("enable-channel"), userSpace, session,
                            QStringLiteral("--subbuf-size=8M"), QStringLiteral("--num-subbuf=4"),
                            channel })
            && runCommand({ QStringLiteral("enable-event"), userSpace, session,
                            QStringLiteral("--channel=") + channel,
                            QStringLiteral("recorders_benchmark:*") })
            && runCommand({ QStringLiteral("start"), sessionName() });
}

bool TracingSession::runCommand(const QStringList &arguments)
{
    QProcess command;
    command.setProcessChannelMode(QProcess::MergedChannels);
    command.start(QStringLiteral("lttng"),
                  QStringList{ QStringLiteral("--no-sessiond") } + arguments);
    const bool isFinished = command.waitForFinished();
    m_output = isFinished ? QString::fromLocal8Bit(command.readAll())
                          : QStringLiteral("lttng: ") + command.errorString();
    return isFinished && command.exitStatus() == QProcess::NormalExit && command.exitCode() == 0;
}

} // namespace Benchmarks
