// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPointer>
#include <QTreeView>

namespace Recorders::Internal {

class PinModel;
class SnapshotDelegate;
class SnapshotTreeView;
class ThresholdWatch;

// The rows that were pinned, above all others. It is not there while there are none.
class PinStrip : public QTreeView
{
    Q_OBJECT

public:
    explicit PinStrip(PinModel *model, QWidget *parent = nullptr);

    void setAlerts(const ThresholdWatch *watch);
    void alignWith(SnapshotTreeView *view); // its columns stand below those here
    QList<QStringList> selectedPaths() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    void align();

    PinModel *const m_model;
    SnapshotDelegate *const m_delegate;
    QPointer<SnapshotTreeView> m_view;
};

} // namespace Recorders::Internal
