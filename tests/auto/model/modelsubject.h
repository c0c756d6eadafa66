// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/fakesnapshotsource.h"

#include <QAbstractItemModel>
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <memory>

namespace Testing {

inline constexpr auto testerMode = QAbstractItemModelTester::FailureReportingMode::QtTest;

inline Recorders::MetricSnapshot number(const char *name, qint64 value)
{
    return Recorders::MetricSnapshot(QLatin1String(name)).add(QStringLiteral("value"), value);
}

// A model of snapshots that takes updates when it is told to.
struct Subject
{
    std::unique_ptr<QAbstractItemModel> model;
    std::function<void()> update;
    int valueColumn;
};

template <typename Model>
Subject subjectOf(FakeSnapshotSource &source)
{
    auto model = std::make_unique<Model>();
    auto *const plain = model.get();
    plain->setPaused(true);
    plain->setSource(&source);
    const auto update = [plain] {
        QSignalSpy updated(plain, &Model::updated);
        plain->refresh();
        QVERIFY(updated.wait());
    };
    return { std::move(model), update, int(Model::ValueColumn) };
}

} // namespace Testing
