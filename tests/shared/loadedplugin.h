// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QString>

#include <dlfcn.h>

#include <utility>

namespace Testing {

// A plugin beside the test that exports an Interface. Unloaded, nothing of it is mapped any more:
// to read its characters ends the process.
template <typename Interface>
class LoadedPlugin
{
public:
    LoadedPlugin(const QString &name, const char *symbol)
        : m_path(QCoreApplication::applicationDirPath() + u'/' + name)
        , m_handle(::dlopen(qPrintable(m_path), RTLD_NOW | RTLD_LOCAL))
    {
        if (m_handle)
            m_interface = static_cast<const Interface *>(::dlsym(m_handle, symbol));
    }

    ~LoadedPlugin() { unload(); }
    LoadedPlugin(const LoadedPlugin &) = delete;
    LoadedPlugin &operator=(const LoadedPlugin &) = delete;

    const Interface *operator->() const { return m_interface; }
    bool isLoaded() const { return m_interface != nullptr; }

    // False: its code is still there.
    bool unload()
    {
        if (m_handle)
            ::dlclose(std::exchange(m_handle, nullptr));
        m_interface = nullptr;
        return !::dlopen(qPrintable(m_path), RTLD_NOW | RTLD_NOLOAD);
    }

private:
    const QString m_path;
    void *m_handle;
    const Interface *m_interface = nullptr;
};

} // namespace Testing
