// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/nameddimensions_p.h"

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr qsizetype fewDimensions = 16; // to look at each of them is faster

} // namespace

const Dimension *NamedDimensions::find(QStringView name) const
{
    const qsizetype place = placeOf(name);
    return place < 0 ? nullptr : &m_all.at(place);
}

void NamedDimensions::put(Dimension dimension)
{
    const qsizetype place = placeOf(dimension.name);
    if (place < 0) {
        append(std::move(dimension));
        return;
    }
    Dimension &known = m_all[place];
    dimension.name = known.name; // m_places looks at its characters
    known = std::move(dimension);
}

qsizetype NamedDimensions::placeOf(QStringView name) const
{
    if (!m_places.isEmpty())
        return m_places.value(name, -1);
    const auto found = std::find_if(m_all.cbegin(), m_all.cend(),
                                    [name](const Dimension &other) { return other.name == name; });
    return found == m_all.cend() ? -1 : found - m_all.cbegin();
}

// A hash that did not become whole is none.
void NamedDimensions::append(Dimension dimension)
{
    m_all.append(std::move(dimension));
    if (m_all.size() <= fewDimensions)
        return;
    try {
        const qsizetype first = m_places.isEmpty() ? 0 : m_all.size() - 1;
        for (qsizetype place = first; place < m_all.size(); ++place)
            m_places.insert(m_all.at(place).name, place);
    } catch (...) {
        m_places = {};
        throw;
    }
}

} // namespace Recorders::Internal
