// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/applicationend_p.h"

#include <QCoreApplication>
#include <QList>

#include <utility>

namespace Recorders::Internal {

namespace {

// Never destroyed: a window may be a static object.
QList<ApplicationEnd *> &waiting()
{
    static auto *const ends = new QList<ApplicationEnd *>;
    return *ends;
}

} // namespace

ApplicationEnd::ApplicationEnd(std::function<void()> call)
    : m_call(std::move(call))
{
    if (waiting().isEmpty())
        qAddPostRoutine(&ApplicationEnd::callAll);
    waiting().append(this);
}

ApplicationEnd::~ApplicationEnd()
{
    if (waiting().removeOne(this) && waiting().isEmpty())
        qRemovePostRoutine(&ApplicationEnd::callAll);
}

void ApplicationEnd::callAll()
{
    while (!waiting().isEmpty()) {
        const std::function<void()> call = std::move(waiting().takeLast()->m_call);
        call();
    }
}

} // namespace Recorders::Internal
