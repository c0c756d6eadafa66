// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QTest>

#include <functional>
#include <memory>

namespace Testing {

inline const QString clockId = QStringLiteral("clock");

using MakeModel = std::function<QAbstractItemModel *()>;

// What the models have in common but no class.
struct AnyModel
{
    explicit AnyModel(QAbstractItemModel *made)
        : model(made)
    {
        model->setProperty("refreshInterval", 1);
    }

    void setRuntime(Recorders::MetricsRuntime *runtime)
    {
        model->setProperty("runtime", QVariant::fromValue(runtime));
    }
    void setSource(Recorders::SnapshotSource *source)
    {
        model->setProperty("source", QVariant::fromValue(source));
    }
    Recorders::MetricsRuntime *runtime() const
    {
        return model->property("runtime").value<Recorders::MetricsRuntime *>();
    }
    Recorders::SnapshotSource *source() const
    {
        return model->property("source").value<Recorders::SnapshotSource *>();
    }
    bool isEnded() const { return model->property("ended").toBool(); }
    QString errorString() const { return model->property("errorString").toString(); }

    const std::unique_ptr<QAbstractItemModel> model;
};

inline std::unique_ptr<Recorders::MetricsRuntime>
newRuntime(const QString &name = QStringLiteral("test"))
{
    auto runtime = std::make_unique<Recorders::MetricsRuntime>(name);
    runtime->start();
    runtime->createRecorder(clockId)->registerMetric(std::make_unique<TickMetric>());
    return runtime;
}

// A row for each of the models.
inline void addModels()
{
    QTest::addColumn<MakeModel>("makeModel");
    QTest::newRow("tree") << MakeModel([] { return new Recorders::SnapshotModel; });
    QTest::newRow("table") << MakeModel([] { return new Recorders::SnapshotTableModel; });
    QTest::newRow("one recorder") << MakeModel([] {
        auto *model = new Recorders::RecorderSnapshotModel;
        model->setEntityId(clockId);
        return model;
    });
}

} // namespace Testing
