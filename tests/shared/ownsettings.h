// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSettings>
#include <QTemporaryDir>

namespace Testing {

// As long as it lives, what a test keeps in settings is its own.
class OwnSettings
{
public:
    OwnSettings() { QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir.path()); }

private:
    QTemporaryDir m_dir;
};

} // namespace Testing
