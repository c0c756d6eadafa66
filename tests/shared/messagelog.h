// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QString>

#include <mutex>

namespace Testing {

// Notes all that is logged for as long as it lives. One at a time.
class MessageLog
{
public:
    struct Message
    {
        QtMsgType type;
        QString category;
        QString text;
    };

    MessageLog()
    {
        const std::lock_guard lock(shared().mutex);
        shared().messages.clear();
        m_previous = qInstallMessageHandler(note);
    }
    ~MessageLog() { qInstallMessageHandler(m_previous); }

    MessageLog(const MessageLog &) = delete;
    MessageLog &operator=(const MessageLog &) = delete;

    QList<Message> messages() const
    {
        const std::lock_guard lock(shared().mutex);
        return shared().messages;
    }

    // As one text, for a test that expects none.
    QByteArray text(const QString &exceptCategoriesBelow = QStringLiteral("-")) const
    {
        QByteArray result;
        for (const Message &message : messages()) {
            if (!message.category.startsWith(exceptCategoriesBelow))
                result += message.category.toUtf8() + ": " + message.text.toUtf8() + '\n';
        }
        return result;
    }

private:
    struct Shared
    {
        std::mutex mutex; // guards messages
        QList<Message> messages;
    };

    static Shared &shared()
    {
        static Shared instance;
        return instance;
    }

    static void note(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        const std::lock_guard lock(shared().mutex);
        shared().messages.append({ type, QString::fromLatin1(context.category), text });
    }

    QtMessageHandler m_previous;
};

} // namespace Testing
