// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>
#include <recorders/core/unit.h>
#include <recorders/recorders_export.h>

#include <QString>
#include <QVariant>

namespace Recorders {

// A value as a person reads it: "1.84" and "MiB".
class RECORDERS_EXPORT FormattedValue
{
public:
    FormattedValue() = default;
    explicit FormattedValue(const QVariant &value, const Unit &unit = {},
                            BytePrefix bytes = BytePrefix::Binary);

    static FormattedValue rate(double perSecond, const Unit &unit = {},
                               BytePrefix bytes = BytePrefix::Binary); // "212", "KiB/s"
    static QString exact(const QVariant &value, const Unit &unit = {}); // not rounded
    static QVariant forScripts(const QVariant &value); // a number only where that is exact

    QString number() const { return m_number; }
    QString unit() const { return m_unit; } // scaled, empty if there is none
    QString text() const; // both

private:
    FormattedValue(QString number, QString unit);

    QString m_number;
    QString m_unit;
};

} // namespace Recorders
