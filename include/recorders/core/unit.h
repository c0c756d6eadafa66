// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QMetaType>
#include <QString>

namespace Recorders {

// A unit of measurement, named by its UCUM code as in OpenTelemetry: "s", "By", "%", "{rows}".
class RECORDERS_EXPORT Unit
{
    Q_GADGET
    Q_PROPERTY(QString code READ code CONSTANT)

public:
    Unit() = default; // dimensionless: a count, a state
    explicit Unit(QString code);

    static Unit nanoseconds();
    static Unit microseconds();
    static Unit milliseconds();
    static Unit seconds();
    static Unit bytes();
    static Unit percent(); // 42 is 42 %

    QString code() const { return m_code; }
    bool isDimensionless() const noexcept { return m_code.isEmpty(); }

    friend bool operator==(const Unit &a, const Unit &b) noexcept
    {
        const bool isShared = a.m_code.constData() == b.m_code.constData(); // as of most
        return (isShared && a.m_code.size() == b.m_code.size()) || a.m_code == b.m_code;
    }
    friend bool operator!=(const Unit &a, const Unit &b) noexcept { return !(a == b); }

private:
    QString m_code;
};

} // namespace Recorders
