// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFile>
#include <QObject>
#include <QStringList>
#include <QTcpSocket>

// The server's end of one connection: answers one request after the other.
class TransferSession : public QObject
{
    Q_OBJECT

public:
    TransferSession(QStringList files, QTcpSocket *socket, QObject *parent = nullptr);

private:
    void work();
    void answerRequest();
    void sendChunk();

    const QStringList m_files;
    QTcpSocket *const m_socket; // a child of this session
    QFile m_file; // open while it is being sent
    qint64 m_remaining = 0;
};
