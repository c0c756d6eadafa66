// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDir>
#include <QFile>

#include <malloc.h>
#include <unistd.h>

namespace Testing {

// What this process holds, as Linux tells it.
struct ProcessResources
{
    qsizetype threads = 0;
    qsizetype files = 0;
    qint64 memory = 0; // bytes that are in use
    qint64 heap = 0; // bytes of the C library's heap that are allocated

    static ProcessResources now()
    {
        const auto entries = [](const QString &path) {
            return QDir(path).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
        };
        ::malloc_trim(0); // what was in use at most depends on how fast threads are
        QFile file(QStringLiteral("/proc/self/statm"));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        const QByteArray pages = isOpen ? file.readAll().split(' ').value(1) : QByteArray();
        return { entries(QStringLiteral("/proc/self/task")).size(),
                 entries(QStringLiteral("/proc/self/fd")).size(),
                 pages.toLongLong() * sysconf(_SC_PAGESIZE),
                 static_cast<qint64>(::mallinfo2().uordblks) };
    }

    // A sanitizer keeps something of every thread and every block.
    static constexpr bool isMemoryMeaningful()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        return false;
#else
        return true;
#endif
    }
};

} // namespace Testing
