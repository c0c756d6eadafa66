// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/pacedcall_p.h"

#include <chrono>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr std::chrono::milliseconds interval{ 40 }; // shorter than what people see as a delay

} // namespace

PacedCall::PacedCall(std::function<void()> call, QObject *parent)
    : QObject(parent)
    , m_call(std::move(call))
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &PacedCall::callIfWanted);
}

void PacedCall::request()
{
    if (m_timer.isActive())
        m_isWanted = true;
    else
        callNow();
}

void PacedCall::callNow()
{
    m_isWanted = false;
    m_timer.start();
    m_call();
}

void PacedCall::callIfWanted()
{
    if (m_isWanted)
        callNow();
}

} // namespace Recorders::Internal
