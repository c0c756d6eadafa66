// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPointer>
#include <QSettings>

namespace Recorders::Internal {

class SnapshotTreeView;

// What the inspector remembers from one time to the next, in a file that is not that of the
// application. Other versions of the inspector have groups of their own in it.
class InspectorSettings
{
public:
    InspectorSettings();

    QSettings *settings() const { return m_settings; }
    void setSettings(QSettings *settings) { m_settings = settings; } // null: remembers nothing

    static QString key(const QString &name);
    QVariant value(const QString &name) const;
    void setValue(const QString &name, const QVariant &value);

    void save(const SnapshotTreeView &view);
    void restore(SnapshotTreeView &view) const;

private:
    QSettings m_own;
    QPointer<QSettings> m_settings;
};

} // namespace Recorders::Internal
