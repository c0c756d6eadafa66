// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/applicationexit_p.h"

#include <QCoreApplication>

#include <algorithm>

namespace Recorders::Internal {

ApplicationExit &ApplicationExit::instance()
{
    static auto *const instance = new ApplicationExit; // static objects may use it in any order
    return *instance;
}

void ApplicationExit::callWhileAlive(std::weak_ptr<void> owner, Call call)
{
    const std::lock_guard lock(m_mutex);
    const auto isGone = [](const Entry &entry) {
        return entry.owner.expired();
    };
    m_entries.erase(std::remove_if(m_entries.begin(), m_entries.end(), isGone), m_entries.end());
    m_entries.push_back({ std::move(owner), std::move(call) });
    if (!std::exchange(m_isInstalled, true))
        qAddPostRoutine(&ApplicationExit::applicationExits);
}

void ApplicationExit::applicationExits()
{
    ApplicationExit &self = instance();
    std::vector<Entry> entries;
    {
        const std::lock_guard lock(self.m_mutex);
        entries.swap(self.m_entries);
        self.m_isInstalled = false; // there may be another application object later
    }
    for (const Entry &entry : entries) {
        if (const std::shared_ptr<void> owner = entry.owner.lock())
            entry.call();
    }
}

} // namespace Recorders::Internal
