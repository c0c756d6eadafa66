// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection.h"

#include <recorders/core/metricsruntime.h>

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <deque>
#include <memory>

// Keeps a number of connections open, each with a recorder, and replaces the oldest from time to
// time, so that connections and their recorders come and go.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    ConnectionPool(Recorders::MetricsRuntime *runtime, ConnectionOptions options,
                   QObject *parent = nullptr);

    void open(int connectionCount);

private:
    struct Member
    {
        QString id;
        std::unique_ptr<Connection> connection;
    };

    void openNext();
    void replaceOldest();

    Recorders::MetricsRuntime *const m_runtime;
    const ConnectionOptions m_options;
    QTcpSocket m_closedPort; // bound and not listening: nobody else gets that port
    QTimer m_replacing;
    std::deque<Member> m_members; // the oldest first
    int m_openedCount = 0;
};
