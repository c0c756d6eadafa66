// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>

namespace Recorders::Internal {

// In which row of its recorder a metric of this name was last. It most likely is there in others,
// too: to look there takes less time than to compare names of a recorder that is in no cache.
class RowGuess
{
public:
    std::size_t rowOf(const QString &name, std::size_t otherwise) const
    {
        const Guess &guess = m_guesses[placeOf(name)];
        return guess.name == name.constData() ? guess.row : otherwise;
    }
    void note(const QString &name, std::size_t row)
    {
        m_guesses[placeOf(name)] = { name.constData(), row };
    }

private:
    struct Guess
    {
        const QChar *name = nullptr; // compared, never looked at
        std::size_t row = 0;
    };
    static constexpr std::size_t count = 64;

    static std::size_t placeOf(const QString &name)
    {
        const auto address = reinterpret_cast<std::uintptr_t>(name.constData());
        return (address / 16 ^ address / 1024) % count; // strings are 16 bytes apart or more
    }

    std::array<Guess, count> m_guesses{};
};

} // namespace Recorders::Internal
