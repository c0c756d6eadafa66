// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QToolBar>

namespace Recorders::Internal {

// A bar without relief, handle or frame: a line below it is enough.
class QuietToolBar : public QToolBar
{
    Q_OBJECT

public:
    explicit QuietToolBar(const QString &title, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyMetrics();
};

} // namespace Recorders::Internal
