// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "screenreader.h"

#if __has_include(<private/qguiapplication_p.h>)
#  include <private/qguiapplication_p.h>
#  include <qpa/qplatformaccessibility.h>
#  include <qpa/qplatformintegration.h>

bool Testing::setScreenReader(bool isThere)
{
    auto *access = QGuiApplicationPrivate::platformIntegration()->accessibility();
    if (access)
        access->setActive(isThere);
    return access;
}
#else
bool Testing::setScreenReader(bool)
{
    return false;
}
#endif
