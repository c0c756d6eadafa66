// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"

#include <QAbstractItemModel>
#include <QAbstractItemModelTester>
#include <QList>
#include <QSignalSpy>
#include <QString>
#include <QStringList>
#include <QTest>

#include <chrono>
#include <memory>
#include <random>
#include <type_traits>

// What the tests have in common that play random scripts to models of snapshots.
namespace Testing {

inline constexpr int timeout = 10'000; // of waiting, which ends the test

// A source whose recorders come, change and go at random, also many between others at once.
class SourceScript
{
public:
    static constexpr int ids = 70;
    static constexpr int cycle = 4; // rounds

    explicit SourceScript(std::mt19937_64 random)
        : m_random(random)
    {
    }

    int below(int limit) { return int(m_random() % unsigned(limit)); }
    bool isOneIn(int count) { return below(count) == 0; }
    template <typename T, std::size_t Size>
    const T &oneOf(const T (&values)[Size])
    {
        return values[below(int(Size))];
    }

    static QString idAt(int number) { return QStringLiteral("r%1").arg(number); }
    QString anyId() { return idAt(below(ids)); }

    // In every script, recorders go and return in many more ranges than are told.
    void play(FakeSnapshotSource &source, int round)
    {
        source.setComplete(false);
        if (round % cycle == 1)
            returnMany(source, 1);
        else if (round % cycle == 2)
            removeMany(source);
        else if (round % cycle == 3)
            returnMany(source, 2);
        change(source, below(12));
        source.advance(std::chrono::milliseconds(below(1500)));
        const qsizetype sizes[] = { 0, 0, 3, 20 };
        source.setMaxUpdateSize(oneOf(sizes));
        source.setComplete(source.maxUpdateSize() == 0 && isOneIn(5));
    }

    void change(FakeSnapshotSource &source, int steps)
    {
        for (int i = 0; i < steps; ++i)
            step(source, anyId());
    }

    Recorders::MetricSnapshot anyMetric()
    {
        using namespace Recorders;
        const QString names[] = { QStringLiteral("a"), QStringLiteral("b10"),
                                  QStringLiteral("b9") };
        const MetricKind kinds[] = { MetricKind::Counter, MetricKind::Gauge,
                                     MetricKind::Unspecified };
        const Unit units[] = { Unit(), Unit::bytes(), Unit::seconds() };
        MetricSnapshot metric(oneOf(names));
        if (isOneIn(6))
            metric.setState(MetricState::Quarantined, QStringLiteral("no disk"));
        const Unit unit = oneOf(units);
        const MetricKind kind = oneOf(kinds);
        for (int i = below(3); i > 0; --i)
            metric.add(QString::number(below(5)), qint64(below(100)), unit, kind);
        if (isOneIn(6))
            metric.add(QStringLiteral("text"), QString::number(below(100)), {}, MetricKind::Text);
        return metric;
    }

private:
    void removeMany(FakeSnapshotSource &source)
    {
        for (int i = 0; i < ids; i += 2)
            source.removeRecorder(idAt(i));
    }

    void returnMany(FakeSnapshotSource &source, int every)
    {
        for (int i = 0; i < ids; i += every)
            source.setMetric(idAt(i), anyMetric());
    }

    void step(FakeSnapshotSource &source, const QString &id)
    {
        using Recorders::RecorderState;
        const RecorderState states[] = { RecorderState::Running, RecorderState::Failed,
                                         RecorderState::Stopped };
        switch (below(10)) {
        case 0:
            source.removeRecorder(id);
            break;
        case 1:
            replace(source, id);
            break;
        case 2:
            reset(source, id);
            break;
        case 3:
            source.removeMetric(id, anyMetric().name());
            break;
        case 4:
            source.setRecorderState(id, oneOf(states));
            break;
        case 5:
            source.setStatistics(id, anyStatistics());
            break;
        default:
            source.setMetric(id, anyMetric());
        }
    }

    // By another one of the same id, before anybody asks.
    void replace(FakeSnapshotSource &source, const QString &id)
    {
        source.removeRecorder(id);
        source.setMetric(id, anyMetric());
    }

    void reset(FakeSnapshotSource &source, const QString &id)
    {
        Recorders::RecorderSnapshot recorder = source.recorder(id);
        if (recorder.entityId.isEmpty())
            return;
        ++recorder.resets;
        for (Recorders::MetricSnapshot &metric : recorder.metrics) {
            for (Recorders::Dimension &dimension : metric.dimensions()) {
                dimension.value = qint64(0);
                metric.add(dimension);
            }
        }
        source.setRecorder(recorder);
    }

    Recorders::RecorderStatistics anyStatistics()
    {
        Recorders::RecorderStatistics statistics;
        statistics.handled = quint64(below(1000));
        statistics.pending = quint64(below(10));
        statistics.dropped = quint64(below(10));
        return statistics;
    }

    std::mt19937_64 m_random;
};

// What a row says that does not depend on what it said before.
inline QString lineOf(const QModelIndex &index, const QList<int> &roles)
{
    QStringList parts{ nameOf(index) };
    for (const int role : roles)
        parts += index.data(role).toString();
    return parts.join(QLatin1String(" | "));
}

inline QString valueLineOf(const QModelIndex &index)
{
    using Recorders::SnapshotModel;
    return lineOf(
            index,
            { SnapshotModel::ExactTextRole, SnapshotModel::UnitRole, SnapshotModel::KindRole });
}

inline QString idOf(const QModelIndex &index)
{
    return index.data(Recorders::SnapshotModel::EntityIdRole).toString();
}

inline bool isRemoved(const QModelIndex &index)
{
    return index.data(Recorders::SnapshotModel::RemovedRole).toBool();
}

using MakeModel = std::unique_ptr<QAbstractItemModel> (*)();

template <typename Model>
std::unique_ptr<QAbstractItemModel> newModel()
{
    auto model = std::make_unique<Model>();
    model->setPaused(true);
    if constexpr (std::is_same_v<Model, Recorders::RecorderSnapshotModel>)
        model->setEntityId(SourceScript::idAt(2));
    return model;
}

inline void setSource(QAbstractItemModel &model, Recorders::SnapshotSource *source)
{
    model.setProperty("source", QVariant::fromValue(source));
}

inline void refresh(QAbstractItemModel &model)
{
    QSignalSpy refreshed(&model, SIGNAL(refreshed()));
    QMetaObject::invokeMethod(&model, "refresh");
    QVERIFY(refreshed.wait(timeout));
}

// Whatever the source does.
inline std::unique_ptr<QAbstractItemModel> freshModel(MakeModel make, FakeSnapshotSource &source)
{
    std::unique_ptr<QAbstractItemModel> model = make();
    setSource(*model, &source);
    refresh(*model);
    return model;
}

// A model, and a source that goes through what there is.
struct Played
{
    Played(MakeModel makeModel, std::mt19937_64 random)
        : make(makeModel)
        , script(random)
        , model(makeModel())
    {
        replaceSource();
    }

    void replaceSource()
    {
        auto other = std::make_unique<FakeSnapshotSource>();
        script.play(*other, 1);
        setSource(*model, other.get());
        source = std::move(other);
    }

    void endAndGoOn()
    {
        source->setEnded(true);
        QSignalSpy ended(model.get(), SIGNAL(endedChanged(bool)));
        QMetaObject::invokeMethod(model.get(), "refresh");
        QVERIFY(ended.wait(timeout));
        source->setEnded(false);
    }

    // What changes while it comes in parts is not all told.
    void update(int changes)
    {
        QSignalSpy updated(model.get(), SIGNAL(updated()));
        QSignalSpy refreshed(model.get(), SIGNAL(refreshed()));
        QMetaObject::invokeMethod(model.get(), "refresh");
        for (int parts = 0; refreshed.isEmpty(); ++parts) {
            QVERIFY(updated.wait(timeout));
            if (parts < 3)
                script.change(*source, changes);
        }
        if (changes > 0)
            refresh(*model);
    }

    const MakeModel make;
    SourceScript script;
    std::unique_ptr<FakeSnapshotSource> source;
    std::unique_ptr<QAbstractItemModel> model;
};

// A tester, which reads all at each signal, and so is there for some rounds only: for all that a
// script does with many recorders.
class Watch
{
public:
    Watch(QAbstractItemModel &model, SourceScript &script)
        : m_model(model)
        , m_first(script.below(8))
    {
    }

    void begin(int round)
    {
        if (round == m_first)
            m_tester = std::make_unique<QAbstractItemModelTester>(&m_model, testerMode);
        else if (round == m_first + SourceScript::cycle)
            m_tester.reset();
    }

private:
    QAbstractItemModel &m_model;
    const int m_first;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

} // namespace Testing
