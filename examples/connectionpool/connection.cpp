// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "connection.h"

#include "connectionmetrics.h"
#include "transferprotocol.h"

#include <recorders/metrics/record.h>

#include <QDataStream>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds tickInterval = 50ms;
constexpr std::chrono::milliseconds reopenDelay = 300ms;
constexpr qint64 requestCostBytes = 4096; // so that empty files are paced, too

} // namespace

Connection::Connection(ConnectionOptions options,
                       std::shared_ptr<Recorders::MetricsRecorder> recorder, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_recorder(std::move(recorder))
{
    registerConnectionMetrics(m_recorder.get());
    m_socket.setReadBufferSize(65'536); // the server has to wait when this end is slow
    m_ticks.setInterval(tickInterval);
    m_reopening.setInterval(reopenDelay);
    m_reopening.setSingleShot(true);
    connect(&m_socket, &QTcpSocket::connected, this, &Connection::onConnected);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &Connection::onError);
    connect(&m_socket, &QTcpSocket::readyRead, this, &Connection::work);
    connect(&m_ticks, &QTimer::timeout, this, &Connection::onTick);
    connect(&m_reopening, &QTimer::timeout, this, &Connection::open);
}

Connection::~Connection()
{
    if (m_transferTimer.isValid())
        finishTransfer(TransferFinished::Outcome::Cancelled);
}

template <typename Event>
void Connection::record(const Event &event)
{
    m_recorder->registerEvent(event);
    Recorders::record(m_options.total, event);
}

void Connection::open()
{
    const quint16 wrongPort = std::exchange(m_options.wrongPort, quint16(0));
    m_socket.connectToHost(QHostAddress::LocalHost, wrongPort ? wrongPort : m_options.port);
}

void Connection::onConnected()
{
    record(OpenAttempt{ OpenAttempt::Outcome::Success });
    m_ticks.start();
}

void Connection::onError()
{
    if (!m_ticks.isActive())
        record(OpenAttempt{ OpenAttempt::Outcome::Failure });
    else if (m_transferTimer.isValid())
        finishTransfer(TransferFinished::Outcome::Failure);
    m_ticks.stop();
    m_socket.abort();
    m_reopening.start();
}

void Connection::onTick()
{
    const qint64 share = m_options.bytesPerSecond * tickInterval.count() / 1000;
    m_budget = std::min(m_budget + share, share); // what was not used is not saved up
    work();
}

// Does what the budget allows: asks for files, and takes what has come.
void Connection::work()
{
    while (m_budget > 0) {
        if (!m_transferTimer.isValid())
            requestFile();
        if (!m_hasHeader && !receiveHeader())
            return;
        if (m_hasHeader && m_remaining > 0 && m_socket.bytesAvailable() == 0)
            return;
        if (m_hasHeader)
            receiveBytes();
    }
}

void Connection::requestFile()
{
    using TransferProtocol::FileNumber;
    QDataStream(&m_socket) << FileNumber(QRandomGenerator::global()->bounded(m_options.fileCount));
    m_budget -= requestCostBytes;
    m_transferTimer.start();
    record(TransferStarted{});
    record(BytesMoved{ 0, sizeof(FileNumber) });
}

// Returns false if the header has not come yet.
bool Connection::receiveHeader()
{
    TransferProtocol::FileSize size = 0;
    if (m_socket.bytesAvailable() < qint64(sizeof(size)))
        return false;
    QDataStream(&m_socket) >> size;
    record(BytesMoved{ sizeof(size), 0 });
    if (size == TransferProtocol::unavailable) {
        finishTransfer(TransferFinished::Outcome::Failure);
        return true;
    }
    m_hasHeader = true;
    m_remaining = size;
    return true;
}

void Connection::receiveBytes()
{
    const QByteArray bytes = m_socket.read(std::min(m_remaining, m_budget));
    m_remaining -= bytes.size();
    m_budget -= bytes.size();
    if (!bytes.isEmpty())
        record(BytesMoved{ bytes.size(), 0 });
    if (m_remaining == 0)
        finishTransfer(TransferFinished::Outcome::Success);
}

void Connection::finishTransfer(TransferFinished::Outcome outcome)
{
    const std::chrono::nanoseconds duration(m_transferTimer.nsecsElapsed());
    record(TransferFinished{ outcome, duration });
    m_transferTimer.invalidate();
    m_hasHeader = false;
    m_remaining = 0;
}
