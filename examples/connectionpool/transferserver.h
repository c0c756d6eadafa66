// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QStringList>
#include <QThread>

// Sends files to clients on the loopback interface. It works in a thread of its own.
class TransferServer
{
public:
    explicit TransferServer(QStringList files);
    ~TransferServer(); // closes all connections

    bool listen();
    quint16 port() const { return m_port; }
    QString errorString() const { return m_errorString; }

private:
    Q_DISABLE_COPY_MOVE(TransferServer)

    void listenInThread();

    const QStringList m_files;
    QThread m_thread;
    QObject *const m_context; // lives in m_thread, and owns what else lives there
    quint16 m_port = 0;
    QString m_errorString;
};
