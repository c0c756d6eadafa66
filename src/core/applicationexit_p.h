// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace Recorders::Internal {

/*
    Calls back when the application object is destroyed, while queued signals are still delivered.

    Afterwards they are not: what is posted to an object on a QThread is thrown away. So whatever
    depends on them must end in time.
*/
class ApplicationExit
{
public:
    using Call = std::function<void()>;

    static ApplicationExit &instance();

    // Any thread. The call is made once, if the owner still exists then, in the thread that
    // destroys the application object.
    void callWhileAlive(std::weak_ptr<void> owner, Call call);

private:
    struct Entry
    {
        std::weak_ptr<void> owner;
        Call call;
    };

    static void applicationExits();

    std::mutex m_mutex; // guards all
    std::vector<Entry> m_entries;
    bool m_isInstalled = false; // for the application object that exists now
};

} // namespace Recorders::Internal
