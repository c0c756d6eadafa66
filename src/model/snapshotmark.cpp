// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmark.h>

#include "core/platform/ownedstring_p.h"
#include "model/baseline_p.h"
#include "model/markformat_p.h"

#include <utility>

namespace Recorders {

/*!
    \class Recorders::SnapshotMark
    \inheaderfile recorders/model/snapshotmark.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotMark class is what a model of snapshots showed at one moment, to compare with
    later.

    SnapshotModel::newMark() makes one, and SnapshotModel::setMark() compares with it. The recorders
    know nothing of it, and their values stay as they are: there may be any number of marks, and a
    model may be compared with one after the other.

    A mark is a value, implicitly shared, and may be used in any thread. It shares the snapshots
    with the models that show them: its memory is a pointer per metric, some words per recorder, and
    the snapshots that have changed since.
*/

/*!
    Constructs a null mark, with which nothing is compared.
*/
SnapshotMark::SnapshotMark() = default;
SnapshotMark::SnapshotMark(const SnapshotMark &other) = default;
SnapshotMark::SnapshotMark(SnapshotMark &&other) noexcept = default;
SnapshotMark &SnapshotMark::operator=(const SnapshotMark &other) = default;
SnapshotMark &SnapshotMark::operator=(SnapshotMark &&other) noexcept = default;
SnapshotMark::~SnapshotMark() = default;

/*!
    \internal
*/
SnapshotMark::SnapshotMark(std::shared_ptr<const Internal::Baseline> baseline, QString name)
    : d(std::move(baseline))
    , m_name(Internal::owned(std::move(name)))
{
}

/*!
    Returns the mark that \a cbor was made of by toCbor(), perhaps in another run of the
    application. A recorder of that run is then compared with the one of the same entity id. If
    \a cbor is not such a mark, returns a null mark, and \a errorString says what is wrong with it.
*/
SnapshotMark SnapshotMark::fromCbor(const QByteArray &cbor, QString *errorString)
{
    return Internal::markFromCbor(cbor, errorString);
}

/*!
    Returns the mark as bytes, to be kept for another run; empty for a null mark. Values that are neither numbers nor booleans nor texts, such as
    enumerators, become texts.
*/
QByteArray SnapshotMark::toCbor() const
{
    return Internal::toCbor(*this);
}

/*!
    Returns how many values it has.
*/
qsizetype SnapshotMark::valueCount() const
{
    qsizetype count = 0;
    for (qsizetype i = 0; d && i < d->recorderCount(); ++i) {
        for (const MetricSnapshot &metric : d->metricsAt(i))
            count += metric.dimensions().size();
    }
    return count;
}

/*!
    \property SnapshotMark::null
    \brief whether there is nothing to compare with
*/

/*!
    \property SnapshotMark::name
    \brief the name that it was given
*/
void SnapshotMark::setName(const QString &name)
{
    m_name = Internal::owned(name);
}

/*!
    \property SnapshotMark::time
    \brief when it was made, in local time; invalid for a null mark
*/
QDateTime SnapshotMark::time() const
{
    return d ? d->time() : QDateTime();
}

} // namespace Recorders
