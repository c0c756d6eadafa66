// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/testmetrics.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace Testing {

using namespace Qt::StringLiterals;

inline Recorders::MetricSnapshot snapshotOf(const QVariant &value, Recorders::MetricKind kind)
{
    return Recorders::MetricSnapshot(u"metric"_s).add(u"value"_s, value, {}, kind);
}

// What the tests of rates have in common.
class SnapshotRatesFixture
{
protected:
    void makeModel();
    void show(const QVariant &value, Recorders::MetricKind kind = Recorders::MetricKind::Counter);
    void update();
    QVariant rate() const { return m_value.data(Recorders::SnapshotModel::RateRole); }
    QString rateText() const
    {
        return QModelIndex(m_value)
                .siblingAtColumn(Recorders::SnapshotModel::RateColumn)
                .data()
                .toString();
    }

    std::unique_ptr<FakeSnapshotSource> m_source;
    std::unique_ptr<Recorders::SnapshotModel> m_model;
    QPersistentModelIndex m_value;
};

inline void SnapshotRatesFixture::makeModel()
{
    m_model.reset();
    m_source = std::make_unique<FakeSnapshotSource>();
    m_model = std::make_unique<Recorders::SnapshotModel>();
    m_model->setPaused(true);
    m_model->setSource(m_source.get());
}

inline void SnapshotRatesFixture::show(const QVariant &value, Recorders::MetricKind kind)
{
    m_source->setMetric(u"r"_s, snapshotOf(value, kind));
    update();
    m_value = m_model->index(0, 0, m_model->index(0, 0, m_model->index(0, 0)));
}

inline void SnapshotRatesFixture::update()
{
    QSignalSpy updated(m_model.get(), &Recorders::SnapshotModel::updated);
    m_model->refresh();
    QVERIFY(updated.wait());
}

} // namespace Testing
