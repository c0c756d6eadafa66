// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/modelcontent_p.h"

#include "model/baseline_p.h"
#include "model/enumerator_p.h"

#include <QMetaMethod>
#include <QModelIndex>
#include <QPointer>

namespace Recorders::Internal {

int topRowOf(QModelIndex index)
{
    while (index.parent().isValid())
        index = index.parent();
    return index.row();
}

// Children of the model move to another thread with it.
ModelContent::ModelContent(SnapshotStoreObserver *observer, QObject *model)
    : QObject(model)
    , m_store(observer)
    , m_feed(&m_store, model)
    , m_demand(this)
{
    connect(&m_demand, &MetricDemand::changed, this,
            [this] { m_feed.setDemand(m_demand.entityIds()); });
}

ModelContent::~ModelContent() = default;

bool ModelContent::isFiltered() const
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&ModelContent::rowsChanged);
    return isSignalConnected(signal);
}

// What was read until now may be on the screen.
void ModelContent::setOnDemand(bool onDemand)
{
    if (onDemand == m_feed.isOnDemand())
        return;
    m_demand.setKept(onDemand);
    for (int row = 0; row < m_store.recorderCount(); ++row) {
        const RecorderNode &recorder = *m_store.recorderAt(row);
        recorder.isWanted = false;
        if (recorder.isReadBelow)
            m_demand.noteRead(recorder);
    }
    m_feed.setDemand(m_demand.entityIds());
    m_feed.setOnDemand(onDemand);
}

ModelContent::WholeDemand ModelContent::demandAll()
{
    if (WholeDemand known = m_wholeDemand.lock())
        return known;
    const auto end = [self = QPointer(this)](const void *) {
        if (self)
            self->m_feed.setAllDemanded(false);
    };
    WholeDemand whole(this, end);
    m_wholeDemand = whole;
    m_feed.setAllDemanded(true);
    return whole;
}

void ModelContent::setKeepRemoved(bool keep)
{
    if (keep == m_store.keepsRemoved())
        return;
    m_store.setKeepRemoved(keep);
    Q_EMIT keepRemovedChanged(keep);
}

void ModelContent::setMark(const SnapshotMark &mark)
{
    if (mark == m_store.mark())
        return;
    m_demandOfMark = mark.isNull() ? nullptr : demandAll(); // recorders say how many changed
    m_store.setMark(mark);
    Q_EMIT markChanged();
}

SnapshotMark ModelContent::newMark(const QString &name) const
{
    return Baseline::markOf(m_store, name);
}

void ModelContent::setBytePrefix(BytePrefix prefix)
{
    if (prefix == m_store.bytePrefix() || !isEnumerator(parent(), "bytePrefix", prefix))
        return;
    m_store.setBytePrefix(prefix);
    Q_EMIT bytePrefixChanged(prefix);
}

} // namespace Recorders::Internal
