// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/heldoperations_p.h"

#include <utility>

namespace Recorders::Internal {

HeldOperations::Hold::Hold(const HeldOperations &held)
    : m_held(held)
{
    ++m_held.m_holds;
}

HeldOperations::Hold::~Hold()
{
    --m_held.m_holds;
    while (m_held.m_holds == 0 && !m_held.m_putOff.empty()) {
        const std::function<void()> operation = std::move(m_held.m_putOff.front());
        m_held.m_putOff.pop_front();
        operation();
    }
}

void HeldOperations::afterwards(std::function<void()> operation) const
{
    if (isHeld())
        m_putOff.push_back(std::move(operation));
    else
        operation();
}

} // namespace Recorders::Internal
