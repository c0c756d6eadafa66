// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmodel.h>

#include <QList>
#include <QWidget>

class QLabel;

namespace Recorders::Internal {

// One line that answers: is everything alright?
class StatusSummary : public QWidget
{
    Q_OBJECT

public:
    explicit StatusSummary(QWidget *parent = nullptr);

    void setState(const QString &glyphAndWord);
    void setTotals(const SnapshotModel::Totals &totals);

    QString text() const; // all of it
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *addLabel();
    void set(QLabel *label, const QString &text);
    void hideWhatDoesNotFit();

    QList<QLabel *> m_labels; // from left to right
    QLabel *const m_state;
    QLabel *const m_recorders;
    QLabel *const m_metrics;
    QLabel *const m_events;
    QLabel *const m_pending;
    QLabel *const m_dropped;
};

} // namespace Recorders::Internal
