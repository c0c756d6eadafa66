// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/recordersnapshotmodel.h>

#include "core/platform/ownedstring_p.h"
#include "model/elementnotice_p.h"

#include <QLoggingCategory>
#include <QPointer>

#include <utility>

namespace Recorders {

namespace {

Q_LOGGING_CATEGORY(lcModel, "recorders.model.recordersnapshotmodel", QtWarningMsg)

} // namespace

/*!
    \class Recorders::RecorderSnapshotModel
    \inheaderfile recorders/model/recordersnapshotmodel.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The RecorderSnapshotModel class is the values of one recorder, live: a row for each
    dimension of each metric.

    The recorder is named by its \l entityId. It may come later and go again: without it, the
    model is empty and not \l available, and \l errorString gives the reason. Its source is asked for this recorder
    only, so that the model costs the same however many others there are. Changes are announced of
    rows that somebody has read, as FlatSnapshotModel says.

    \sa SnapshotTableModel, SnapshotModel
*/

/*!
    \enum RecorderSnapshotModel::Column

    \value MetricColumn     The name of the metric.
    \value DimensionColumn  The name of the dimension.
    \value ValueColumn      The value in its scaled unit.
    \value UnitColumn       The scaled unit.
    \value RateColumn       The growth per second.
    \omitvalue ColumnCount
*/

/*!
    Constructs a model without a source, with the given \a parent.
*/
RecorderSnapshotModel::RecorderSnapshotModel(QObject *parent)
    : FlatSnapshotModel(Scope::OneRecorder, parent)
{
    connect(this, &FlatSnapshotModel::updated, this, &RecorderSnapshotModel::notifyOfAvailability);
    connect(this, &QAbstractItemModel::modelReset, this,
            &RecorderSnapshotModel::notifyOfAvailability);
}

RecorderSnapshotModel::~RecorderSnapshotModel() = default;

/*!
    \property RecorderSnapshotModel::entityId
    \brief the id of the recorder that is shown, or empty for none

    There need not be such a recorder. An id of nothing but spaces, which no recorder can have, is
    refused with a warning.
*/
QString RecorderSnapshotModel::entityId() const
{
    return m_entityId;
}

void RecorderSnapshotModel::setEntityId(const QString &entityId)
{
    if (m_entityId == entityId)
        return;
    if (!entityId.isEmpty() && entityId.trimmed().isEmpty()) {
        Internal::ElementNotice::warn(
                this, lcModel(),
                QStringLiteral("setEntityId: the id must be empty, for no recorder, or "
                               "not be blank"));
        return;
    }
    m_entityId = Internal::owned(entityId);
    const QPointer<RecorderSnapshotModel> self(
            this); // slots of errorStringChanged() may do anything
    showOnly(entityId);
    if (self)
        Q_EMIT entityIdChanged(entityId);
}

/*!
    \property RecorderSnapshotModel::available
    \brief whether there is such a recorder

    It is \c false until the source has answered, and again when the recorder is removed. A source
    that ends leaves it as it is, as it does the rows.
*/
bool RecorderSnapshotModel::isAvailable() const
{
    return hasRecorders();
}

void RecorderSnapshotModel::notifyOfAvailability()
{
    const bool available = isAvailable();
    if (std::exchange(m_wasAvailable, available) != available)
        Q_EMIT availableChanged(available);
}

} // namespace Recorders
