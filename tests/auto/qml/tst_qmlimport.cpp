// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>

#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace Recorders;

// The module as a plugin, of the build tree: this program does not link it.
class tst_QmlImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAllThatTheModuleHas();
};

void tst_QmlImport::findsAllThatTheModuleHas()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    MetricsRuntime runtime(QStringLiteral("app"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("ui"));
    recorder->registerMetric(counter<DynamicEvent>(QStringLiteral("clicks")));
    QQmlEngine engine;
    engine.addImportPath(QStringLiteral(IMPORT_PATH));
    QQmlComponent component(&engine, QStringLiteral(EVERYTHING));
    QVERIFY2(component.isReady(), qPrintable(component.errorString()));
    const std::unique_ptr<QObject> everything(component.createWithInitialProperties(
            { { QStringLiteral("appRuntime"), QVariant::fromValue(&runtime) } }));
    QVERIFY2(everything, qPrintable(component.errorString()));

    bool isAccepted = false;
    QVERIFY(QMetaObject::invokeMethod(everything.get(), "click", Q_RETURN_ARG(bool, isAccepted)));

    QVERIFY(isAccepted);
    QTRY_COMPARE(everything->property("shown").toString().section(u' ', 0, 3),
                 QStringLiteral("1 1 1 "));
    QTRY_COMPARE(everything->property("state").toString(), QStringLiteral("true true  0 0"));
    QTRY_COMPARE(everything->property("models").toString(),
                 QStringLiteral("true false false     false 1 1"));
    QTRY_VERIFY(everything->property("counted").toInt() > 0);
}

QTEST_GUILESS_MAIN(tst_QmlImport)
#include "tst_qmlimport.moc"
