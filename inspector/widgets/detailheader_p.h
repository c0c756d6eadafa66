// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;
class QModelIndex;

namespace Recorders::Internal {

// What a row is: its name, value, rate, kind and meaning.
class DetailHeader : public QWidget
{
    Q_OBJECT

public:
    explicit DetailHeader(QWidget *parent = nullptr);

    void setIndex(const QModelIndex &index); // of a SnapshotModel

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *addLabel(const char *name);
    void applyStyle();
    void elide();

    QLabel *const m_title;
    QLabel *const m_value;
    QLabel *const m_facts;
    QLabel *const m_description;
    QString m_fullTitle;
    QString m_fullValue;
};

} // namespace Recorders::Internal
