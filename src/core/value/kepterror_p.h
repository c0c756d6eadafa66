// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/outofmemory_p.h"

#include <recorders/core/error.h>

#include <memory>
#include <new>

namespace Recorders::Internal {

// An error that there hardly ever is: in half the size of one, as its message is allocated. Without
// memory for that it says less.
class KeptError final
{
public:
    void keep(const Error &error) noexcept
    {
        m_code = error.code();
        m_message.reset(error ? new (std::nothrow) const QString(error.message()) : nullptr);
    }
    Error error() const
    {
        return *this ? Error(m_code, m_message ? *m_message : unsaidText()) : Error();
    }

    explicit operator bool() const noexcept { return m_code != ErrorCode::NoError; }

private:
    std::unique_ptr<const QString> m_message;
    ErrorCode m_code = ErrorCode::NoError;
};

} // namespace Recorders::Internal
