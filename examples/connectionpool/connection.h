// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connectionevents.h"

#include <recorders/core/metricsrecorder.h>

#include <QElapsedTimer>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

struct ConnectionOptions
{
    quint16 port = 0; // where the server listens
    quint16 wrongPort = 0; // where nobody listens; 0: every attempt goes to the right one
    quint32 fileCount = 0; // of the server, at least 1
    qint64 bytesPerSecond = 0;
    std::shared_ptr<Recorders::MetricsRecorder> total; // of all connections; may be null
};

// A client that asks for one file after the other, at a steady pace, and reopens when it fails.
class Connection : public QObject
{
    Q_OBJECT

public:
    Connection(ConnectionOptions options, std::shared_ptr<Recorders::MetricsRecorder> recorder,
               QObject *parent = nullptr);
    ~Connection() override; // cancels the transfer that is under way

    void open();

private:
    template <typename Event>
    void record(const Event &event);
    void onConnected();
    void onError();
    void onTick();
    void work();
    void requestFile();
    bool receiveHeader();
    void receiveBytes();
    void finishTransfer(TransferFinished::Outcome outcome);

    ConnectionOptions m_options;
    std::shared_ptr<Recorders::MetricsRecorder> m_recorder;
    QTcpSocket m_socket;
    QTimer m_ticks;
    QTimer m_reopening;
    QElapsedTimer m_transferTimer; // valid during a transfer
    qint64 m_remaining = 0; // bytes of the transfer that are still to come
    bool m_hasHeader = false;
    qint64 m_budget = 0; // bytes that may be received before the next tick
};
