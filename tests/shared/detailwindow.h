// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/countingsource.h"

#include <recorders/core/snapshotlistsource.h>
#include <recorders/inspector/inspectorwindow.h>

#include <QLabel>
#include <QTest>
#include <QTreeView>

namespace Testing {

using namespace Recorders;

inline MetricSnapshot bytes(qint64 total)
{
    return MetricSnapshot(QStringLiteral("bytes"))
            .setDescription(QStringLiteral("All that came."))
            .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter);
}

inline MetricSnapshot queue(const QVariant &length)
{
    return MetricSnapshot(QStringLiteral("queue")).add(QStringLiteral("length"), length);
}

// A window of two recorders with two metrics each, and the details that it shows.
class DetailWindow
{
public:
    DetailWindow()
        : counting(&source)
        , window(&counting)
        , tree(window.findChild<QTreeView *>(QStringLiteral("tree")))
        , detail(window.findChild<QWidget *>(QStringLiteral("detail")))
        , plot(window.findChild<QWidget *>(QStringLiteral("plot")))
    {
        for (const char id : { 'a', 'b' })
            source.setRecorder(QString(QLatin1Char(id)), { bytes(1024), queue(5) });
        window.resize(1400, 800);
        // Screen readers are told every two seconds, which is too seldom to wait for.
        auto *const description = plot->findChild<QObject *>(QStringLiteral("liveDescription"));
        QVERIFY(QMetaObject::invokeMethod(description, "setInterval", Q_ARG(int, 20)));
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(tree->model()->rowCount(), int(source.recorderIds().size()));
    }

    void select(int recorder, int metric, bool isAlone = true)
    {
        const QModelIndex parent = tree->model()->index(recorder, 0);
        const QModelIndex index = metric < 0 ? parent : tree->model()->index(metric, 0, parent);
        const auto flags =
                isAlone ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::Select;
        tree->selectionModel()->setCurrentIndex(index, flags | QItemSelectionModel::Rows);
    }

    QString label(const char *name) const
    {
        return detail->findChild<QLabel *>(QLatin1String(name))->text();
    }

    // All that is written there.
    QString text() const
    {
        QStringList texts;
        const auto labels = detail->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }

    SnapshotListSource source;
    CountingSource counting;
    InspectorWindow window;
    QTreeView *const tree;
    QWidget *const detail;
    QWidget *const plot;
};

} // namespace Testing
