// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/unit.h>

#include <QCoreApplication>
#include <QString>

namespace Recorders::Internal {

// A number that a person typed as it is shown elsewhere: "2 MiB", "3 ms", "18.2k", "200 KiB/s".
struct Quantity
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::Quantity)

public:
    static Quantity parse(const QString &text, const Unit &unit, bool isRate = false);

    double value = 0; // in that unit
    QString error; // what is wrong with the text; empty: nothing
};

} // namespace Recorders::Internal
