// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/snapshot/metricshape_p.h"

#include <QVariant>

#include <optional>

namespace Recorders::Internal {

// How much a number grew. Integers are subtracted as such: a double does not know by how little
// one grows that is large already.
class Growth
{
public:
    // Nothing: it fell, or one of them is no number. A counter that reached the end of its type
    // and went on from the other one has grown.
    static std::optional<Growth> between(const DimensionView &before, const DimensionView &after);

    static std::optional<Growth> ofCounter(quint64 before, quint64 after); // likewise

    bool isWhole() const { return m_isWhole; }
    quint64 whole() const { return m_whole; } // 0 if it is not
    double real() const { return m_real; } // 0 if it is whole

private:
    explicit Growth(quint64 whole)
        : m_whole(whole)
        , m_isWhole(true)
    {
    }
    explicit Growth(double real)
        : m_real(real)
    {
    }

    quint64 m_whole = 0;
    double m_real = 0;
    bool m_isWhole = false;
};

} // namespace Recorders::Internal
