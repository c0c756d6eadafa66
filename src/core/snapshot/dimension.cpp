// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>

#include "core/platform/ownedstring_p.h"

#include <algorithm>
#include <cstring>

namespace Recorders {

namespace Internal {

namespace {

template <typename T>
const T &contentOf(const QVariant &value) // of that type
{
    return *static_cast<const T *>(value.constData());
}

template <typename T>
bool haveSameBits(const QVariant &a, const QVariant &b)
{
    return std::memcmp(a.constData(), b.constData(), sizeof(T)) == 0;
}

bool areSame(const QVariantList &a, const QVariantList &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(), isSameValue);
}

template <typename Map>
bool areSameInOrder(const Map &a, const Map &b)
{
    if (a.size() != b.size())
        return false;
    for (auto x = a.cbegin(), y = b.cbegin(); x != a.cend(); ++x, ++y) {
        if (x.key() != y.key() || !isSameValue(x.value(), y.value()))
            return false;
    }
    return true;
}

bool areSame(const QVariantHash &a, const QVariantHash &b)
{
    return a.size() == b.size() && std::all_of(a.keyBegin(), a.keyEnd(), [&](const QString &key) {
               const auto other = b.constFind(key);
               return other != b.cend() && isSameValue(*a.constFind(key), *other);
           });
}

bool haveSameContent(const QVariant &a, const QVariant &b) // of the same type
{
    switch (a.typeId()) {
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return haveSameBits<qlonglong>(a, b);
    case QMetaType::Double:
        return haveSameBits<double>(a, b);
    case QMetaType::Float:
        return haveSameBits<float>(a, b);
    case QMetaType::QVariantList:
        return areSame(contentOf<QVariantList>(a), contentOf<QVariantList>(b));
    case QMetaType::QVariantMap:
        return areSameInOrder(contentOf<QVariantMap>(a), contentOf<QVariantMap>(b));
    case QMetaType::QVariantHash:
        return areSame(contentOf<QVariantHash>(a), contentOf<QVariantHash>(b));
    default:
        return a == b;
    }
}

} // namespace

bool isSameValue(const QVariant &a, const QVariant &b)
{
    return a.metaType() == b.metaType() && haveSameContent(a, b) && a.isNull() == b.isNull();
}

} // namespace Internal

/*!
    \class Recorders::Dimension
    \inheaderfile recorders/core/metricsnapshot.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The Dimension struct is one named value of a metric.

    \reentrant

    \sa MetricSnapshot::dimensions()
*/

/*!
    \variable Recorders::Dimension::name
    \brief the name, unique within its metric
*/

/*!
    \variable Recorders::Dimension::value
    \brief the value, invalid if there is none yet
*/

/*!
    \variable Recorders::Dimension::unit
    \brief what the value is measured in
*/

/*!
    \variable Recorders::Dimension::kind
    \brief what the value means
*/

/*!
    \variable Recorders::Dimension::attributes
    \brief which part of the whole it is, such as \e outcome is \e Success; empty for the whole

    \sa {Breakdowns}
*/

/*!
    \fn bool Recorders::Dimension::operator==(const Dimension &a, const Dimension &b)

    Returns \c true if all members of \a a and \a b are the same. Numbers are the same if they are of
    one type and have the same bits.
*/
bool operator==(const Dimension &a, const Dimension &b)
{
    return Internal::isSameValue(a.value, b.value) && a.kind == b.kind
            && Internal::isSameString(a.name, b.name) && a.unit == b.unit
            && Internal::areSameInOrder(a.attributes, b.attributes);
}

} // namespace Recorders
