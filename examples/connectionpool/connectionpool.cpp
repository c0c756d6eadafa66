// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "connectionpool.h"

#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds replaceInterval = 1700ms;
constexpr int refusedEvery = 3; // each third connection first tries the wrong port
constexpr int paceCount = 4; // connections differ in pace: 1/4, 2/4, 3/4, 4/4 of the fastest

} // namespace

ConnectionPool::ConnectionPool(Recorders::MetricsRuntime *runtime, ConnectionOptions options,
                               QObject *parent)
    : QObject(parent)
    , m_runtime(runtime)
    , m_options(std::move(options))
{
    m_closedPort.bind(QHostAddress::LocalHost);
    m_replacing.setInterval(replaceInterval);
    connect(&m_replacing, &QTimer::timeout, this, &ConnectionPool::replaceOldest);
}

void ConnectionPool::open(int connectionCount)
{
    for (int i = 0; i < connectionCount; ++i)
        openNext();
    m_replacing.start();
}

void ConnectionPool::openNext()
{
    const int number = ++m_openedCount;
    const QString id = QStringLiteral("connection-%1").arg(number, 3, 10, QChar(u'0'));
    auto recorder = m_runtime->createRecorder(id);
    if (!recorder)
        return; // the runtime has been shut down

    ConnectionOptions options = m_options;
    options.wrongPort = number % refusedEvery == 0 ? m_closedPort.localPort() : quint16(0);
    options.bytesPerSecond = m_options.bytesPerSecond * (1 + number % paceCount) / paceCount;
    m_members.push_back({ id, std::make_unique<Connection>(options, std::move(recorder)) });
    m_members.back().connection->open();
}

void ConnectionPool::replaceOldest()
{
    if (!m_members.empty()) {
        const QString id = m_members.front().id;
        m_members.pop_front(); // closes the connection, which then registers no more events
        m_runtime->removeRecorder(id);
    }
    openNext();
}
