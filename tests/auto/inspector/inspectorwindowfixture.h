// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>
#include <recorders/inspector/inspectorwindow.h>

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>
#include <QTimer>
#include <QTreeView>

// What the tests of the window have in common.
namespace Testing {

inline Recorders::MetricSnapshot counter(const QString &name, qint64 total)
{
    return Recorders::MetricSnapshot(name).add(QStringLiteral("total"), total,
                                               Recorders::Unit::bytes(),
                                               Recorders::MetricKind::Counter);
}

inline const QString bytes = QStringLiteral("bytes received");

// A window and what a person sees of it.
class Window
{
public:
    explicit Window(Recorders::SnapshotSource *source)
        : window(source)
        , tree(window.findChild<QTreeView *>(QStringLiteral("tree")))
        , empty(window.findChild<QWidget *>(QStringLiteral("empty")))
        , search(window.findChild<QLineEdit *>(QStringLiteral("search")))
        , hits(window.findChild<QLabel *>(QStringLiteral("hits")))
        , summary(window.findChild<QWidget *>(QStringLiteral("summary")))
    {
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    // All that is written in the empty state.
    QString emptyText() const
    {
        QString text;
        if (!empty->isVisible())
            return text;
        const auto labels = empty->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            text += label->isVisible() ? label->text() + u'\n' : QString();
        return text;
    }
    QString status() const { return summary->accessibleDescription(); }
    int secondsBehind() const // -1: it is not paused
    {
        static const QRegularExpression text(QStringLiteral("paused, (\\d+) s behind"));
        const QRegularExpressionMatch match = text.match(status());
        return match.hasMatch() ? match.captured(1).toInt() : -1;
    }
    // Turns the clock of the pause, and lets it tick.
    void letPausePass(int seconds)
    {
        auto *clock = window.findChild<QObject *>(QStringLiteral("pauseClock"));
        auto *timer = clock->findChild<QTimer *>();
        QVERIFY(timer->isActive());
        QVERIFY(QMetaObject::invokeMethod(clock, "advance", Q_ARG(int, seconds)));
        QVERIFY(QMetaObject::invokeMethod(timer, "timeout"));
    }
    int rowCount(const QModelIndex &parent = {}) const { return tree->model()->rowCount(parent); }
    QModelIndex index(int row, const QModelIndex &parent = {}) const
    {
        return tree->model()->index(row, 0, parent);
    }
    QAction *action(const char *name) const
    {
        return window.findChild<QAction *>(QLatin1String(name));
    }

    Recorders::InspectorWindow window;
    QTreeView *const tree;
    QWidget *const empty;
    QLineEdit *const search;
    QLabel *const hits;
    QWidget *const summary;
};

} // namespace Testing
