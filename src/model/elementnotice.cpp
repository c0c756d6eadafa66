// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/elementnotice_p.h"

#include <QLoggingCategory>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <utility>

namespace Recorders::Internal {

using namespace std::chrono_literals;

namespace {

// For a recorder that comes a moment later than what shows it.
constexpr std::chrono::milliseconds patience{ 1000 };
constexpr qsizetype mostSaid = 20; // of an element

// Released by the module when it is loaded, acquired by its users.
std::atomic<const ElementSpeaker *> speaker = nullptr;

const ElementSpeaker *currentSpeaker()
{
    return speaker.load(std::memory_order_acquire);
}

} // namespace

void setElementSpeaker(const ElementSpeaker *used)
{
    speaker.store(used, std::memory_order_release);
}

bool ElementNotice::isElement(const QObject *object)
{
    const ElementSpeaker *const known = currentSpeaker();
    return known && known->isElement(object);
}

bool ElementNotice::isForeign(const QObject *object, const QObject *element)
{
    return object && object->thread() != element->thread() && isElement(element);
}

void ElementNotice::warn(const QObject *object, const QLoggingCategory &category,
                         const QString &text)
{
    if (isElement(object))
        currentSpeaker()->warn(object, text);
    else
        qCWarning(category).noquote() << text;
}

ElementNotice::ElementNotice(QObject *owner, QObject *element, Question question)
    : m_owner(owner)
    , m_element(element)
    , m_question(std::move(question))
{
    check();
}

void ElementNotice::check()
{
    if (m_isChecking || !currentSpeaker())
        return;
    m_isChecking = true;
    QMetaObject::invokeMethod(
            m_owner,
            [this] {
                m_isChecking = false;
                look();
            },
            Qt::QueuedConnection);
}

void ElementNotice::look()
{
    if (!isElement(m_element))
        return;
    const Misuse misuse = m_question();
    if (misuse.text.isEmpty() || m_said.contains(misuse.text))
        return;
    if (misuse.mayPass)
        waitFor(misuse.text);
    else
        say(misuse);
}

void ElementNotice::waitFor(const QString &text)
{
    if (std::exchange(m_isWaiting, true))
        return;
    QTimer::singleShot(patience, m_owner, [this, text] {
        m_isWaiting = false;
        const Misuse misuse = m_question();
        if (misuse.text == text)
            say(misuse);
        else
            look();
    });
}

void ElementNotice::say(const Misuse &misuse)
{
    if (m_said.size() >= mostSaid)
        return;
    m_said.insert(misuse.text);
    const ElementSpeaker *const known = currentSpeaker();
    (misuse.mayPass ? known->inform : known->warn)(m_element, misuse.text);
}

} // namespace Recorders::Internal
