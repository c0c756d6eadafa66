// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/unit.h>

#include "core/platform/ownedstring_p.h"

namespace Recorders {

/*!
    \class Recorders::Unit
    \inheaderfile recorders/core/unit.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The Unit class names what a value is measured in.

    \reentrant

    Units are named by their UCUM codes, as OpenTelemetry does: \c s, \c ns, \c By, \c %. What is
    counted goes into braces: \c {rows}. A default constructed unit is dimensionless. A view
    may scale the value for display, 1843200 \c By to 1.76 MiB; the value itself is never changed.
*/

/*!
    Constructs the unit of the given UCUM \a code.
*/
Unit::Unit(QString code)
    : m_code(Internal::owned(std::move(code)))
{
}

// The constructor would copy the code, which these have in this library.

/*! Returns the unit \c ns. */
Unit Unit::nanoseconds()
{
    Unit unit;
    unit.m_code = QStringLiteral("ns");
    return unit;
}

/*! Returns the unit \c us. */
Unit Unit::microseconds()
{
    Unit unit;
    unit.m_code = QStringLiteral("us");
    return unit;
}

/*! Returns the unit \c ms. */
Unit Unit::milliseconds()
{
    Unit unit;
    unit.m_code = QStringLiteral("ms");
    return unit;
}

/*! Returns the unit \c s. */
Unit Unit::seconds()
{
    Unit unit;
    unit.m_code = QStringLiteral("s");
    return unit;
}

/*! Returns the unit \c By. */
Unit Unit::bytes()
{
    Unit unit;
    unit.m_code = QStringLiteral("By");
    return unit;
}

/*! Returns the unit \c %, of which a hundred are the whole. */
Unit Unit::percent()
{
    Unit unit;
    unit.m_code = QStringLiteral("%");
    return unit;
}

/*!
    \fn QString Unit::code() const

    Returns the UCUM code, empty for a dimensionless unit.
*/

/*!
    \fn bool Unit::isDimensionless() const

    Returns whether there is no unit, as of a count or a state.
*/

} // namespace Recorders
