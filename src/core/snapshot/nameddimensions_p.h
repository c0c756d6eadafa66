// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>

#include <QHash>
#include <QList>
#include <QStringView>

namespace Recorders::Internal {

// Dimensions in the order in which they came, one of each name. Most metrics have a few, and some
// one for each address or error text that they ever met: those are found by a hash.
class NamedDimensions final
{
public:
    const QList<Dimension> &all() const noexcept { return m_all; }
    bool isEmpty() const noexcept { return m_all.isEmpty(); }
    const Dimension *find(QStringView name) const; // null: there is none
    int indexOf(QStringView name) const { return int(placeOf(name)); } // -1: there is none
    void put(Dimension dimension); // at the place of the one that has its name, or at the end

private:
    qsizetype placeOf(QStringView name) const; // -1: there is none
    void append(Dimension dimension);

    QList<Dimension> m_all;
    QHash<QStringView, qsizetype> m_places; // of names in m_all, all of them or none
};

} // namespace Recorders::Internal
