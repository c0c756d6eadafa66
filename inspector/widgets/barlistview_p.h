// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTreeView>

namespace Recorders::Internal {

// Shows a BarListModel: names, bars and values.
class BarListView : public QTreeView
{
    Q_OBJECT

public:
    explicit BarListView(QWidget *parent = nullptr);

    void setShownColumns(const QList<int> &columns);
    void setMaxLines(int lines) { m_maxLines = lines; } // more of them are scrolled

    void setModel(QAbstractItemModel *model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitColumns();
    int lineHeight() const;

    int m_maxLines = 12;
};

} // namespace Recorders::Internal
