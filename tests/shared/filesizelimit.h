// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <csignal>

#include <sys/resource.h>

namespace Testing {

// A limit on the size of files stands in for a full disk: both let a write fail. It is that of the
// whole process, so a test that keeps it writes nothing else; what is written to a pipe has no size.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
        : m_formerHandler(std::signal(SIGXFSZ, SIG_IGN)) // it would end the process
    {
        getrlimit(RLIMIT_FSIZE, &m_former);
        const rlimit limit{ bytes, m_former.rlim_max };
        m_isSet = setrlimit(RLIMIT_FSIZE, &limit) == 0;
    }
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_former);
        std::signal(SIGXFSZ, m_formerHandler);
    }

    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

    bool isSet() const { return m_isSet; }

private:
    void (*const m_formerHandler)(int);
    rlimit m_former{};
    bool m_isSet = false;
};

} // namespace Testing
