// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/thresholdeditor_p.h"

#include "widgets/quantity_p.h"
#include "widgets/rowchoice_p.h"

#include <recorders/model/formattedvalue.h>
#include <recorders/model/snapshotmodel.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace Recorders::Internal {

namespace {

QString shown(double number, const Threshold &threshold)
{
    const Unit unit(threshold.unit);
    return threshold.figure == Threshold::Figure::Rate ? FormattedValue::rate(number, unit).text()
                                                       : FormattedValue(number, unit).text();
}

// A metric stands for its first value, as in its row.
QModelIndex valueOf(const QModelIndex &row)
{
    const QModelIndex index = row.siblingAtColumn(0);
    const auto type = index.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>();
    const bool hasValues = index.isValid() && index.model()->hasChildren(index);
    return type == SnapshotModel::NodeType::Metric && hasValues ? index.model()->index(0, 0, index)
                                                                : index;
}

} // namespace

bool ThresholdEditor::canWatch(const QModelIndex &row)
{
    return row.isValid() && hasNumber(valueOf(row));
}

Threshold ThresholdEditor::suggestion(const QModelIndex &row)
{
    const QModelIndex value = valueOf(row);
    Threshold threshold;
    threshold.recorder = value.data(SnapshotModel::EntityIdRole).toString();
    threshold.metric = value.data(SnapshotModel::MetricRole).toString();
    threshold.dimension = value.data(SnapshotModel::DimensionRole).toString();
    threshold.unit = value.data(SnapshotModel::UnitRole).toString();
    threshold.high = value.data(SnapshotModel::ValueRole).toDouble();
    threshold.low = threshold.high;
    return threshold;
}

ThresholdEditor::ThresholdEditor(const Threshold &threshold, QWidget *parent)
    : QDialog(parent)
    , m_before(threshold)
    , m_name(new QLabel(this))
    , m_scope(new QComboBox(this))
    , m_figure(new QComboBox(this))
    , m_bound(new QComboBox(this))
    , m_first(new QLineEdit(this))
    , m_and(new QLabel(tr("and"), this))
    , m_second(new QLineEdit(this))
    , m_setsMark(new QCheckBox(tr("Set a &mark when it happens"), this))
    , m_error(new QLabel(this))
{
    setWindowTitle(tr("Alert"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_scope->setObjectName(QStringLiteral("scope"));
    m_figure->setObjectName(QStringLiteral("figure"));
    m_bound->setObjectName(QStringLiteral("bound"));
    m_first->setObjectName(QStringLiteral("first"));
    m_second->setObjectName(QStringLiteral("second"));
    m_setsMark->setObjectName(QStringLiteral("setsMark"));
    m_error->setObjectName(QStringLiteral("error"));
    layOut();
    fill(threshold);
    connect(m_bound, &QComboBox::currentIndexChanged, this, &ThresholdEditor::updateFields);
    connect(m_first, &QLineEdit::textEdited, m_error, &QLabel::clear);
    connect(m_second, &QLineEdit::textEdited, m_error, &QLabel::clear);
    m_first->setFocus();
    m_first->selectAll();
}

void ThresholdEditor::layOut()
{
    m_name->setTextFormat(Qt::PlainText);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setMinimumHeight(2 * fontMetrics().lineSpacing()); // nothing moves when it speaks
    setMinimumWidth(44 * fontMetrics().horizontalAdvance(u'0'));
    m_first->setAccessibleName(tr("Limit"));
    m_second->setAccessibleName(tr("Upper limit"));
    auto *limits = new QHBoxLayout;
    limits->addWidget(m_bound);
    limits->addWidget(m_first, 1);
    limits->addWidget(m_and);
    limits->addWidget(m_second, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Set Alert"));
    connect(buttons, &QDialogButtonBox::accepted, this, &ThresholdEditor::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *form = new QFormLayout(this);
    form->addRow(tr("When"), m_name);
    form->addRow(tr("&in"), m_scope);
    form->addRow(tr("has a"), m_figure);
    form->addRow(tr("that is"), limits);
    form->addRow(QString(), m_setsMark);
    form->addRow(m_error);
    form->addRow(buttons);
}

void ThresholdEditor::fill(const Threshold &threshold)
{
    m_name->setText(threshold.dimension.isEmpty() ? threshold.metric
                                                  : QString(threshold.metric + QStringLiteral(" / ")
                                                            + threshold.dimension));
    if (!threshold.recorder.isEmpty())
        m_scope->addItem(threshold.recorder, threshold.recorder);
    m_scope->addItem(tr("all recorders"), QString());
    m_figure->addItems({ tr("value"), tr("rate") });
    m_bound->addItems({ tr("above"), tr("below"), tr("outside") });
    m_figure->setCurrentIndex(int(threshold.figure));
    m_bound->setCurrentIndex(int(threshold.bound));
    const bool isAbove = threshold.bound == Threshold::Bound::Above;
    m_first->setText(shown(isAbove ? threshold.high : threshold.low, threshold));
    m_second->setText(shown(threshold.high, threshold));
    m_setsMark->setChecked(threshold.setsMark);
    updateFields();
}

Threshold::Bound ThresholdEditor::bound() const
{
    return Threshold::Bound(m_bound->currentIndex());
}

Threshold::Figure ThresholdEditor::figure() const
{
    return Threshold::Figure(m_figure->currentIndex());
}

void ThresholdEditor::updateFields()
{
    const bool isRange = bound() == Threshold::Bound::Outside;
    m_and->setVisible(isRange);
    m_second->setVisible(isRange);
    m_error->clear();
}

// As long as the number is shown that the field was filled with, it keeps its digits.
bool ThresholdEditor::read(QLineEdit *field, double *number)
{
    if (field->text() == shown(*number, m_before))
        return true;
    const Quantity quantity = Quantity::parse(field->text(), Unit(m_before.unit),
                                              figure() == Threshold::Figure::Rate);
    if (!quantity.error.isEmpty())
        refuse(field, quantity.error);
    *number = quantity.value;
    return quantity.error.isEmpty();
}

void ThresholdEditor::refuse(QLineEdit *field, const QString &error)
{
    m_error->setText(QStringLiteral("\u26a0 ") + error);
    field->setAccessibleDescription(error);
    field->setFocus();
    field->selectAll();
}

void ThresholdEditor::accept()
{
    Threshold threshold = m_before;
    if (m_before.bound == Threshold::Bound::Above)
        threshold.low = m_before.high; // as fill() does
    threshold.recorder = m_scope->currentData().toString();
    threshold.figure = figure();
    threshold.bound = bound();
    threshold.setsMark = m_setsMark->isChecked();
    const bool isRange = threshold.bound == Threshold::Bound::Outside;
    if (!read(m_first, &threshold.low) || (isRange && !read(m_second, &threshold.high)))
        return;
    if (!isRange)
        threshold.high = threshold.low;
    if (threshold.high < threshold.low) {
        refuse(m_second, tr("The upper limit is below the lower one"));
        return;
    }
    Q_EMIT set(threshold);
    QDialog::accept();
}

} // namespace Recorders::Internal
