// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/barlistmodel_p.h"
#include "widgets/recordercomparison_p.h"

#include <QWidget>

class QLabel;

namespace Recorders::Internal {

class BarListView;

// One value of all recorders, side by side: the first ones of them.
class ComparePane : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePane(QWidget *parent = nullptr);

    void setSource(SnapshotSource *source); // does not take ownership
    void setValue(const ComparedValue &value); // without a metric: says what to do
    void setCurrent(const QString &entityId); // is marked
    void setBytePrefix(BytePrefix bytes);
    void refresh(); // once, while it is paused
    void setPaused(bool paused);
    void setSeen(bool seen); // else it costs nothing

Q_SIGNALS:
    void activated(const QString &entityId); // somebody wants to see that recorder

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void setUpList();
    void show(const Ranking &ranking);
    void sort(int column, Qt::SortOrder order);
    void markCurrent();
    void applyStyle();
    void updateActivity();

    BarListModel m_model;
    RecorderComparison m_comparison;
    QLabel *const m_title;
    QLabel *const m_subtitle;
    BarListView *const m_list;
    QLabel *const m_more;
    QString m_current;
    Ranking m_ranking; // that is shown
    BytePrefix m_bytes = BytePrefix::Binary;
    bool m_isSeen = true;
};

} // namespace Recorders::Internal
