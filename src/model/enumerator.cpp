// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/enumerator_p.h"

#include "model/elementnotice_p.h"

#include <QLoggingCategory>

namespace Recorders::Internal {

namespace {

Q_LOGGING_CATEGORY(lcModel, "recorders.model", QtWarningMsg)

} // namespace

bool isEnumerator(QObject *element, const char *property, QMetaEnum enumeration, int value)
{
    if (enumeration.valueToKey(value))
        return true;
    ElementNotice::warn(element, lcModel(),
                        QStringLiteral("%1: %2 is not in %3")
                                .arg(QLatin1StringView(property))
                                .arg(value)
                                .arg(QLatin1StringView(enumeration.enumName())));
    return false;
}

} // namespace Recorders::Internal
