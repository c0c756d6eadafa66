// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "transfersession.h"

#include "transferprotocol.h"

#include <QDataStream>

#include <algorithm>

namespace {

constexpr qint64 chunkSizeBytes = 65'536;
constexpr qint64 requestSizeBytes = sizeof(TransferProtocol::FileNumber);

} // namespace

TransferSession::TransferSession(QStringList files, QTcpSocket *socket, QObject *parent)
    : QObject(parent)
    , m_files(std::move(files))
    , m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(1024 * requestSizeBytes);
    connect(m_socket, &QTcpSocket::readyRead, this, &TransferSession::work);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &TransferSession::work);
    connect(m_socket, &QTcpSocket::disconnected, this, &TransferSession::deleteLater);
}

// Does what can be done without piling up bytes that the client does not take.
void TransferSession::work()
{
    while (m_socket->bytesToWrite() < chunkSizeBytes) {
        if (m_file.isOpen())
            sendChunk();
        else if (m_socket->bytesAvailable() >= requestSizeBytes)
            answerRequest();
        else
            return;
    }
}

void TransferSession::answerRequest()
{
    TransferProtocol::FileNumber number = 0;
    QDataStream(m_socket) >> number;
    m_file.setFileName(m_files.value(number)); // an unknown number: no name, cannot be opened
    const bool isOpen = !m_file.fileName().isEmpty() && m_file.open(QIODevice::ReadOnly);
    m_remaining = isOpen ? m_file.size() : TransferProtocol::unavailable;
    QDataStream(m_socket) << TransferProtocol::FileSize(m_remaining);
}

void TransferSession::sendChunk()
{
    const QByteArray chunk = m_file.read(std::min(m_remaining, chunkSizeBytes));
    m_socket->write(chunk);
    m_remaining -= chunk.size();
    const bool isTooShort = chunk.isEmpty() && m_remaining > 0;
    if (m_remaining == 0 || isTooShort)
        m_file.close();
    if (isTooShort)
        m_socket->abort(); // the file shrank: the size that was promised cannot be kept
}
