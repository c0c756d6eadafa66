// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>
#include <recorders/core/snapshotsubscription.h>
#include <recorders/model/metricvalue.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QMetaEnum>
#include <QMetaMethod>
#include <QTest>

using namespace Recorders;

// What signals carry is known to Qt by name before anything is connected: also to connections by
// name, and while the process exits, when Qt registers no type any more.
class tst_SignalTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areRegistered_data();
    void areRegistered();
    void ofTheNamespaceAreRegistered();

private:
    const SnapshotListSource m_source; // as in every program that has something to show
};

void tst_SignalTypes::areRegistered_data()
{
    QTest::addColumn<const QMetaObject *>("metaObject");

    const QMetaObject *const metaObjects[] = {
        &MetricsRuntime::staticMetaObject,        &Recorder::staticMetaObject,
        &SnapshotListSource::staticMetaObject,    &SnapshotSubscription::staticMetaObject,
        &MetricValue::staticMetaObject,           &SnapshotModel::staticMetaObject,
        &RecorderSnapshotModel::staticMetaObject, &SnapshotFilterModel::staticMetaObject,
    };
    for (const QMetaObject *metaObject : metaObjects)
        QTest::newRow(metaObject->className()) << metaObject;
}

// By name only: to ask a method for the type of its parameter would register it.
void tst_SignalTypes::areRegistered()
{
    QFETCH(const QMetaObject *const, metaObject);

    for (int i = QObject::staticMetaObject.methodCount(); i < metaObject->methodCount(); ++i) {
        const QMetaMethod method = metaObject->method(i);
        if (method.methodType() != QMetaMethod::Signal)
            continue;
        const QList<QByteArray> types = method.parameterTypes();
        for (const QByteArray &type : types) {
            const bool isOfOurs = type.contains("Recorders::") && !type.endsWith('*');
            QVERIFY2(!isOfOurs || QMetaType::fromName(type).isValid(), type.constData());
        }
    }
}

void tst_SignalTypes::ofTheNamespaceAreRegistered()
{
    for (int i = 0; i < Recorders::staticMetaObject.enumeratorCount(); ++i) {
        const QMetaEnum enumeration = Recorders::staticMetaObject.enumerator(i);
        const QByteArray name = QByteArrayLiteral("Recorders::") + enumeration.name();
        QVERIFY2(QMetaType::fromName(name).isValid(), name.constData());
    }
}

QTEST_GUILESS_MAIN(tst_SignalTypes)

#include "tst_signaltypes.moc"
