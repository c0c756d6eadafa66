// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/breakdown.h>
#include <recorders/metrics/figurewriter.h>

namespace Recorders::Internal {

// Cut after 256 characters.
struct TextValue
{
    QString text;

    template <typename T>
    static TextValue of(const T &value)
    {
        Key key;
        key.read(value);
        return { key.value().toString() };
    }
};

class RECORDERS_EXPORT TextState
{
public:
    using Value = TextValue;
    static constexpr bool countsEvents = false;
    static constexpr bool remembersLastEvent = true;
    static constexpr bool goesDown = false;

    bool add(const TextValue &value, const Occasion &occasion);
    void merge(const TextState &other);
    void write(FigureWriter &writer, const Occasion &occasion) const;
    TextState emptied() const { return {}; }
    bool isFading(const Occasion &) const { return false; }

private:
    QString m_text;
    quint64 m_lastEvent = 0; // its number; 0: there was none
};

} // namespace Recorders::Internal
