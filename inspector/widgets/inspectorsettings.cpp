// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorsettings_p.h"

#include "widgets/quietheader_p.h"
#include "widgets/snapshottreeview_p.h"

#include <QHeaderView>

namespace Recorders::Internal {

InspectorSettings::InspectorSettings()
    : m_own(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("Recorders"),
            QStringLiteral("Inspector"))
    , m_settings(&m_own)
{
}

QString InspectorSettings::key(const QString &name)
{
    return QStringLiteral("version1/") + name;
}

QVariant InspectorSettings::value(const QString &name) const
{
    return m_settings ? m_settings->value(key(name)) : QVariant();
}

void InspectorSettings::setValue(const QString &name, const QVariant &value)
{
    if (!m_settings)
        return;
    if (value.isValid())
        m_settings->setValue(key(name), value);
    else
        m_settings->remove(key(name));
}

namespace {

QVariant toVariant(const QList<int> &numbers)
{
    QVariantList list;
    for (const int number : numbers)
        list.append(number);
    return list.isEmpty() ? QVariant() : list;
}

QList<int> toNumbers(const QVariant &variant)
{
    QList<int> numbers;
    const QVariantList list = variant.toList();
    for (const QVariant &number : list)
        numbers.append(number.toInt());
    return numbers;
}

} // namespace

void InspectorSettings::save(const SnapshotTreeView &view)
{
    const QString name = view.objectName();
    setValue(name + QStringLiteral("/columns"), toVariant(view.columnWidths()));
    setValue(name + QStringLiteral("/order"), toVariant(view.quietHeader()->order()));
    setValue(name + QStringLiteral("/sortColumn"), view.header()->sortIndicatorSection());
    setValue(name + QStringLiteral("/descending"),
             view.header()->sortIndicatorOrder() == Qt::DescendingOrder);
}

// The file may have been edited.
void InspectorSettings::restore(SnapshotTreeView &view) const
{
    const QString name = view.objectName();
    view.setColumnWidths(toNumbers(value(name + QStringLiteral("/columns"))));
    view.quietHeader()->setOrder(toNumbers(value(name + QStringLiteral("/order"))));

    bool isNumber = false;
    const int column = value(name + QStringLiteral("/sortColumn")).toInt(&isNumber);
    const bool isDescending = value(name + QStringLiteral("/descending")).toBool();
    const bool isColumn = isNumber && column >= 0 && column < view.header()->count();
    view.header()->setSortIndicator(isColumn ? column : -1,
                                    isColumn && isDescending ? Qt::DescendingOrder
                                                             : Qt::AscendingOrder);
}

} // namespace Recorders::Internal
