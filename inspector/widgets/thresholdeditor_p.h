// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/threshold_p.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QModelIndex;

namespace Recorders::Internal {

// Asks where a value begins to deserve attention. It is not modal: values are looked up meanwhile.
class ThresholdEditor : public QDialog
{
    Q_OBJECT

public:
    explicit ThresholdEditor(const Threshold &threshold, QWidget *parent = nullptr);

    static bool canWatch(const QModelIndex &row);
    static Threshold suggestion(const QModelIndex &row); // for a value of a model of snapshots

Q_SIGNALS:
    void set(const Recorders::Internal::Threshold &threshold);

protected:
    void accept() override;

private:
    void layOut();
    void fill(const Threshold &threshold);
    void updateFields();
    bool read(QLineEdit *field, double *number);
    void refuse(QLineEdit *field, const QString &error);
    Threshold::Bound bound() const;
    Threshold::Figure figure() const;

    const Threshold m_before;
    QLabel *const m_name;
    QComboBox *const m_scope;
    QComboBox *const m_figure;
    QComboBox *const m_bound;
    QLineEdit *const m_first;
    QLabel *const m_and;
    QLineEdit *const m_second;
    QCheckBox *const m_setsMark;
    QLabel *const m_error;
};

} // namespace Recorders::Internal
