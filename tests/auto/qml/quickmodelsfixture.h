// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/fakesnapshotsource.h"

#include <QAbstractItemModel>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQmlExpression>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

#include <memory>

// What the tests of the models in Qt Quick have in common.
namespace Testing {

inline Recorders::MetricSnapshot bytes(const QVariant &total)
{
    return Recorders::MetricSnapshot(QStringLiteral("bytes"))
            .setDescription(QStringLiteral("What was received"))
            .add(QStringLiteral("total"), total, Recorders::Unit::bytes(),
                 Recorders::MetricKind::Counter);
}

// A component that is shown in a window, with the source as its property.
class View
{
public:
    View(FakeSnapshotSource *source, const QByteArray &component)
    {
        window.resize(400, 300);
        QQmlComponent made(&engine);
        made.setData("import QtQuick\nimport Recorders\n" + component,
                     QUrl(QStringLiteral("view.qml")));
        if (!made.isReady())
            qFatal("%s", qPrintable(made.errorString()));
        root.reset(qobject_cast<QQuickItem *>(made.createWithInitialProperties(
                { { QStringLiteral("source"),
                    QVariant::fromValue<Recorders::SnapshotSource *>(source) } })));
        root->setParentItem(window.contentItem());
        root->setSize(window.size());
        window.show();
    }

    QVariant evaluate(const QString &expression)
    {
        QQmlExpression script(qmlContext(root.get()), root.get(), expression);
        const QVariant result = script.evaluate();
        return script.hasError() ? QVariant(script.error().toString()) : result;
    }
    QAbstractItemModel *model(const QString &id)
    {
        return qobject_cast<QAbstractItemModel *>(evaluate(id).value<QObject *>());
    }

    QQmlEngine engine;
    QQuickWindow window;
    std::unique_ptr<QQuickItem> root;
};

} // namespace Testing
