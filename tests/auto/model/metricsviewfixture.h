// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmodel.h>

#include "modelscriptsfixture.h"
#include "shared/fakesnapshotsource.h"

#include <QCoreApplication>
#include <QList>
#include <QPersistentModelIndex>
#include <QSet>
#include <QSignalSpy>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <random>

// What random scripts for metrics on demand need.
namespace Testing {

// A view of the metrics of some recorders in a tree. It reads what it begins to show, and what is
// announced of that.
class MetricsView : public QObject
{
public:
    explicit MetricsView(const QAbstractItemModel *model)
        : m_model(model)
    {
        connect(model, &QAbstractItemModel::rowsInserted, this, &MetricsView::readInserted);
        connect(model, &QAbstractItemModel::rowsRemoved, this,
                [this] { m_rows.removeIf([](const Row &row) { return !row.index.isValid(); }); });
        connect(model, &QAbstractItemModel::modelReset, this, [this] { show(m_ids); });
        connect(model, &QAbstractItemModel::dataChanged, this, &MetricsView::readChanged);
    }

    const QSet<QString> &ids() const { return m_ids; }
    void show(const QSet<QString> &ids)
    {
        m_ids = ids;
        m_rows.clear();
        readInserted({}, 0, m_model->rowCount() - 1);
    }

    QStringList lines() const // of the recorders that the source has, sorted, as they were read
    {
        QStringList lines;
        for (const Row &row : m_rows) {
            if (!isRemoved(recorderOf(row.index)))
                lines += row.line;
        }
        lines.sort();
        return lines;
    }

    QString missedChange() const // of all that is shown; empty: none
    {
        const auto row = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                      [](const Row &r) { return r.line != shownLineOf(r.index); });
        return row == m_rows.cend() ? QString()
                                    : row->line + QLatin1String(" is ") + shownLineOf(row->index);
    }

    static QString shownLineOf(const QModelIndex &index)
    {
        using Recorders::SnapshotModel;
        return valueLineOf(index)
                + lineOf(index, { SnapshotModel::TextRole, SnapshotModel::StateRole });
    }

private:
    struct Row
    {
        QPersistentModelIndex index;
        QString line;
    };

    static QModelIndex recorderOf(QModelIndex index)
    {
        while (index.parent().isValid())
            index = index.parent();
        return index;
    }

    void readInserted(const QModelIndex &parent, int first, int last)
    {
        if (parent.isValid() && !m_ids.contains(idOf(recorderOf(parent))))
            return;
        for (int i = first; i <= last; ++i) {
            const QModelIndex index = m_model->index(i, 0, parent);
            if (!m_ids.contains(idOf(recorderOf(index))))
                continue;
            if (parent.isValid())
                m_rows.append({ index, shownLineOf(index) });
            readInserted(index, 0, m_model->rowCount(index) - 1);
        }
    }

    void readChanged(const QModelIndex &first, const QModelIndex &last)
    {
        for (Row &row : m_rows) {
            const QModelIndex index = row.index;
            if (index.row() >= first.row() && index.row() <= last.row()
                && index.parent() == first.parent())
                row.line = shownLineOf(index);
        }
    }

    const QAbstractItemModel *const m_model;
    QSet<QString> m_ids;
    QList<Row> m_rows;
};

// A model of metrics on demand, and a view of some of them.
struct OnDemand
{
    OnDemand(std::mt19937_64 random, bool keepsRemoved)
        : script(random)
    {
        model.setRefreshInterval(1);
        model.setMetricsOnDemand(true);
        model.setKeepRemoved(keepsRemoved);
        replaceSource();
    }

    void replaceSource()
    {
        auto other = std::make_unique<FakeSnapshotSource>();
        script.play(*other, 1);
        model.setSource(other.get());
        source = std::move(other);
    }

    void endAndGoOn()
    {
        QSignalSpy ended(&model, &Recorders::SnapshotModel::endedChanged);
        source->setEnded(true);
        QVERIFY(ended.wait(timeout));
        source->setEnded(false);
    }

    void showOthers()
    {
        QSet<QString> ids;
        for (int i = script.below(6); i > 0; --i)
            ids.insert(script.anyId());
        view.show(ids);
    }

    // Until the model knows of all that was changed, the last of which is this. Reads no metric.
    bool update()
    {
        Recorders::RecorderStatistics statistics;
        statistics.handled = ++handled;
        source->setStatistics(lastId, statistics);
        return waitUntil([this] {
            const QModelIndex last = model.index(model.rowCount() - 1, 0);
            return last.data(Recorders::SnapshotModel::HandledRole).toULongLong() == handled;
        });
    }

    bool waitUntil(const std::function<bool()> &isSo)
    {
        QSignalSpy updated(&model, &Recorders::SnapshotModel::updated);
        while (!isSo()) {
            if (!updated.wait(timeout))
                return false;
        }
        return true;
    }

    // Of those that there are, after everything has changed for some seconds.
    QSet<QString> demandedWithoutBeingShown()
    {
        for (int i = 0; i < 16; ++i) {
            source->advance(std::chrono::milliseconds(300));
            for (const QString &id : source->recorderIds()) {
                if (id != lastId)
                    source->setMetric(id, script.anyMetric());
            }
            if (!update())
                return { QStringLiteral("no update") };
        }
        const QStringList ids = source->recorderIds();
        return (source->lastRequest().detailedIds & QSet<QString>(ids.cbegin(), ids.cend()))
                - view.ids();
    }

    static inline const QString lastId = QStringLiteral("z");

    SourceScript script;
    std::unique_ptr<FakeSnapshotSource> source;
    Recorders::SnapshotModel model;
    MetricsView view{ &model };
    quint64 handled = 0;
};

inline void playOnDemand(OnDemand &played, int round)
{
    SourceScript &script = played.script;
    if (script.isOneIn(8))
        played.replaceSource();
    if (script.isOneIn(5))
        played.endAndGoOn();
    if (script.isOneIn(5))
        played.model.clearRemoved();
    for (int i = script.below(4); i > 0; --i) {
        if (script.isOneIn(3))
            played.source->hold();
        script.play(*played.source, round);
        if (script.isOneIn(2))
            played.showOthers();
        QCoreApplication::processEvents();
        script.change(*played.source, script.below(6));
        played.source->release();
        if (script.isOneIn(2))
            QVERIFY(played.update());
    }
    script.play(*played.source, round);
    if (script.isOneIn(2))
        played.showOthers();
    QVERIFY(played.update());
}

} // namespace Testing
