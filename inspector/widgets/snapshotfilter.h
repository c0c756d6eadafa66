// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSortFilterProxyModel>
#include <QString>
#include <QStringMatcher>

namespace Recorders::Internal {

// Leaves the rows whose names contain a text, what is below them, and what is above them.
class SnapshotFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit SnapshotFilter(QObject *parent = nullptr);

    void setSourceModel(QAbstractItemModel *model) override;

    QString text() const { return m_text; }
    void setText(const QString &text);
    bool isActive() const { return !m_text.isEmpty(); }

    bool matches(const QModelIndex &sourceIndex) const; // by its own name
    int hitCount() const; // looks at every row of the source

Q_SIGNALS:
    void valuesChanged(); // somewhere; instead of dataChanged()

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    int hitsBelow(const QModelIndex &sourceParent) const;

    QString m_text;
    QStringMatcher m_matcher;
};

} // namespace Recorders::Internal
