// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmodel.h>

#include <QList>
#include <QWidget>

class QLabel;
class QToolButton;

namespace Recorders::Internal {

// One line that answers: is everything alright?
class StatusSummary : public QWidget
{
    Q_OBJECT

public:
    explicit StatusSummary(QWidget *parent = nullptr);

    void setState(const QString &glyphAndWord, const QString &explanation);
    void setOrderHeld(bool held);
    void setTotals(const SnapshotModel::Totals &totals);
    void setOld(bool old); // the totals
    void setAlerts(const QString &text);
    void setHistories(const QString &text);
    void setCost(const QString &text, const QString &explanation);

    QString text() const; // all of it
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void searchWanted(const QString &text); // what is amiss was clicked
    void alertsWanted();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *addLabel();
    void applyMetrics();
    QToolButton *addLink();
    void layOut();
    void explain();
    void connectLinks();
    void set(QWidget *part, const QString &text);
    void hideWhatDoesNotFit();

    QList<QWidget *> m_parts; // from left to right; those without a text are hidden
    QLabel *const m_state;
    QLabel *const m_recorders;
    QLabel *const m_metrics;
    QLabel *const m_events;
    QLabel *const m_pending;
    QLabel *const m_dropped;
    QToolButton *const m_failed;
    QToolButton *const m_quarantined;
    QToolButton *const m_alerts;
    QLabel *const m_held; // from here at the other end: the rest stays where it is when they come
    QLabel *const m_histories;
    QLabel *const m_cost;
};

} // namespace Recorders::Internal
