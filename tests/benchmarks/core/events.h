// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <array>
#include <cstddef>

namespace Benchmarks {

// An event of that many bytes. The amount is what metrics add up.
template <std::size_t Size>
struct SizedEvent
{
    static_assert(Size % 8 == 0);

    qint64 amount = 1;
    std::array<qint64, Size / 8 - 1> rest{};

    static SizedEvent of(qint64 amount)
    {
        SizedEvent event{ amount };
        event.rest.fill(amount);
        return event;
    }
};

template <>
struct SizedEvent<8>
{
    qint64 amount = 1;

    static SizedEvent of(qint64 amount) { return { amount }; }
};

// A text is shared, not copied, as that of a request that was parsed before.
struct TextEvent
{
    QString text;
    qint64 amount = 1;

    static TextEvent of(qint64 amount)
    {
        static const QString text = QStringLiteral("GET /index.html");
        return { text, amount };
    }
};

// Event types of their own for a recorder with many.
template <int Number>
struct NumberedEvent
{
    qint64 amount = 1;
};

} // namespace Benchmarks
