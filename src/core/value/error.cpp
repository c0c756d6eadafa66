// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/error.h>

#include "core/platform/ownedstring_p.h"

#include <QDebug>

namespace Recorders {

/*!
    \class Recorders::Error
    \inheaderfile recorders/core/error.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The Error class says what went wrong, as a code and as a sentence.

    \reentrant

    An error converts to \c true when there is one, like \c std::error_code:

    \code
    Recorders::Error error;
    if (!runtime.start(&error))
        qCritical() << error.message();
    \endcode
*/

/*!
    Constructs an error of the given \a code, explained by \a message.
*/
Error::Error(ErrorCode code, QString message)
    : m_code(code)
    , m_message(Internal::owned(std::move(message)))
{
}

/*!
    \fn Recorders::ErrorCode Error::code() const

    Returns the kind of error, ErrorCode::NoError if there is none.
*/

/*!
    \fn QString Error::message() const

    Returns a sentence that names what was wrong, such as the argument, the state or the metric.
*/

/*!
    Writes \a error to \a debug.
*/
QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << "Error(" << error.code();
    if (error)
        debug << ", " << error.message();
    return debug << ')';
}

} // namespace Recorders
