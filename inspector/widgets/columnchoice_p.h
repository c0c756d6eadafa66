// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QObject>
#include <QStringList>

namespace Recorders::Internal {

// Which columns are shown beside name, value, unit and rate, in all views alike.
class ColumnChoice : public QObject
{
    Q_OBJECT

public:
    explicit ColumnChoice(QObject *parent = nullptr);

    static QList<int> all(); // roles of InspectorRows, in their order

    bool isShown(int role) const { return m_shown.contains(role); }
    void setShown(int role, bool shown);

    bool isDeltaShown() const;
    void setDeltaShown(bool shown);

    QStringList names() const; // that mean the same in each version
    void setNames(const QStringList &names); // unknown ones are left out
    void reset();

Q_SIGNALS:
    void changed();

private:
    void set(const QList<int> &roles);

    QList<int> m_shown;
};

} // namespace Recorders::Internal
