// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/modelcontent_p.h"

#include "model/baseline_p.h"
#include "model/enumerator_p.h"

#include <QMetaMethod>

namespace Recorders::Internal {

// Children of the model move to another thread with it.
ModelContent::ModelContent(SnapshotStoreObserver *observer, QObject *model)
    : QObject(model)
    , m_store(observer)
    , m_feed(&m_store, model)
{
}

ModelContent::~ModelContent() = default;

bool ModelContent::isFiltered() const
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&ModelContent::rowsChanged);
    return isSignalConnected(signal);
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
