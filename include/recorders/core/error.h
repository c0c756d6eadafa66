// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>
#include <recorders/recorders_export.h>

#include <QMetaType>
#include <QString>

namespace Recorders {

class RECORDERS_EXPORT Error
{
    Q_GADGET
    Q_PROPERTY(Recorders::ErrorCode code READ code CONSTANT)
    Q_PROPERTY(QString message READ message CONSTANT)

public:
    Error() = default;
    Error(ErrorCode code, QString message);

    ErrorCode code() const noexcept { return m_code; }
    QString message() const { return m_message; } // in English, names what was wrong

    explicit operator bool() const noexcept { return m_code != ErrorCode::NoError; }

    friend bool operator==(const Error &a, const Error &b) noexcept
    {
        return a.m_code == b.m_code && a.m_message == b.m_message;
    }
    friend bool operator!=(const Error &a, const Error &b) noexcept { return !(a == b); }

private:
    ErrorCode m_code = ErrorCode::NoError;
    QString m_message;
};

RECORDERS_EXPORT QDebug operator<<(QDebug debug, const Error &error);

} // namespace Recorders
