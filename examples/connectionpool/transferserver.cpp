// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "transferserver.h"

#include "transfersession.h"

#include <QTcpServer>

TransferServer::TransferServer(QStringList files)
    : m_files(std::move(files))
    , m_context(new QObject)
{
    m_thread.setObjectName(QStringLiteral("transfer server"));
    m_context->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.start();
}

TransferServer::~TransferServer()
{
    m_thread.quit();
    m_thread.wait();
}

bool TransferServer::listen()
{
    QMetaObject::invokeMethod(
            m_context, [this] { listenInThread(); }, Qt::BlockingQueuedConnection);
    return m_port != 0;
}

void TransferServer::listenInThread()
{
    auto *server = new QTcpServer(m_context);
    if (!server->listen(QHostAddress::LocalHost)) {
        m_errorString = server->errorString();
        return;
    }
    m_port = server->serverPort();
    QObject::connect(server, &QTcpServer::newConnection, m_context, [this, server] {
        while (QTcpSocket *socket = server->nextPendingConnection())
            new TransferSession(m_files, socket, m_context);
    });
}
