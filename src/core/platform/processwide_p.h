// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Recorders::Internal {

/*
    The one object of its type that a process has. It is never destroyed, as recorders may outlive
    main().

    It is made when the library is loaded, or before, if a static object of somebody else needs it.
    Were it made at its first use, another thread could fork() meanwhile: the child would wait for
    ever for the thread that has begun to make it.
*/
template <typename T>
class ProcessWide final
{
public:
    static T &instance()
    {
        static_cast<void>(&s_madeAtLoad); // a static member that nobody uses is not initialized
        static auto *const object = new T;
        return *object;
    }

private:
    static const T &s_madeAtLoad;
};

template <typename T>
const T &ProcessWide<T>::s_madeAtLoad = ProcessWide<T>::instance();

} // namespace Recorders::Internal
