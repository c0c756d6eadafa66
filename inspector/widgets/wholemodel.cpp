// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/wholemodel_p.h"

#include <recorders/core/snapshotsource.h>
#include <recorders/model/snapshotmodel.h>

#include <QObject>

#include <memory>

namespace Recorders::Internal {

void whenWhole(SnapshotModel *model, QObject *context, const std::function<void()> &then)
{
    const bool isAnswered = model->source() && !model->isEnded() && !model->isStalled();
    if (!model->isPartial() || model->isPaused() || !isAnswered) {
        then();
        return;
    }
    auto *const wait = new QObject(context); // ends with the first of the signals
    const auto end = [wait, then] {
        wait->disconnect();
        delete wait;
        then();
    };
    QObject::connect(model, &SnapshotModel::refreshed, wait, end);
    QObject::connect(model, &SnapshotModel::endedChanged, wait, end);
    QObject::connect(model, &SnapshotModel::stalledChanged, wait, end);
    QObject::connect(model, &SnapshotModel::sourceChanged, wait, end);
    model->refresh();
}

} // namespace Recorders::Internal
