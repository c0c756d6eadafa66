// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/elementspeaker.h>

#include <QSet>
#include <QString>

#include <functional>

QT_BEGIN_NAMESPACE
class QLoggingCategory;
QT_END_NAMESPACE

namespace Recorders::Internal {

/*
    What is wrong with how QML uses an element, said with the element's name and place. Only the QML
    module knows places: it says what is to be said. Without it, and of objects that C++ made,
    nothing is said: they have their errorString.
*/
class ElementNotice
{
public:
    static bool isElement(const QObject *object);
    static bool isForeign(const QObject *object, const QObject *element); // of another thread
    // At once; of what is no element, by the logging category.
    static void warn(const QObject *object, const QLoggingCategory &category, const QString &text);

    struct Misuse
    {
        QString text; // empty: there is none
        bool mayPass = false; // said if it lasts for a while
    };
    using Question = std::function<Misuse()>;

    ElementNotice(QObject *owner, QObject *element, Question question); // the owner has this notice

    void check(); // when all that is set together has been set; says the same only once

private:
    Q_DISABLE_COPY_MOVE(ElementNotice)

    void look();
    void waitFor(const QString &text);
    void say(const Misuse &misuse);

    QObject *const m_owner;
    QObject *const m_element;
    const Question m_question;
    QSet<QString> m_said;
    bool m_isChecking = false;
    bool m_isWaiting = false;
};

} // namespace Recorders::Internal
