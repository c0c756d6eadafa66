// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/markformat_p.h"

#include "core/value/numericvalue_p.h"
#include "model/baseline_p.h"

#include <recorders/model/formattedvalue.h>

#include <QCborStreamWriter>

#include <vector>

namespace Recorders::Internal {

namespace {

void write(QCborStreamWriter &writer, const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Double:
    case QMetaType::Float:
        writer.append(value.toDouble());
        break;
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
    case QMetaType::UShort:
        writer.append(quint64(value.toULongLong()));
        break;
    case QMetaType::Bool:
        writer.append(value.toBool());
        break;
    default:
        if (isNumber(value))
            writer.append(qint64(value.toLongLong()));
        else
            writer.append(QStringView(FormattedValue::exact(value)));
    }
}

void write(QCborStreamWriter &writer, const MetricSnapshot &metric)
{
    const QList<Dimension> dimensions = metric.dimensions();
    writer.startArray(2);
    writer.append(QStringView(metric.name()));
    writer.startArray(quint64(dimensions.size()));
    for (const Dimension &dimension : dimensions) {
        writer.startArray(4);
        writer.append(QStringView(dimension.name));
        writer.append(qint64(dimension.kind));
        writer.append(QStringView(dimension.unit.code()));
        write(writer, dimension.value);
        writer.endArray();
    }
    writer.endArray();
    writer.endArray();
}

} // namespace

QByteArray toCbor(const SnapshotMark &mark)
{
    const Baseline *baseline = Baseline::of(mark);
    if (!baseline)
        return {};
    QByteArray cbor;
    QCborStreamWriter writer(&cbor);
    writer.startArray(4);
    writer.append(markVersion);
    writer.append(QStringView(mark.name()));
    writer.append(qint64(mark.time().toMSecsSinceEpoch()));
    std::vector<qsizetype> known;
    for (qsizetype i = 0; i < baseline->recorderCount(); ++i) {
        if (baseline->isKnownAt(i))
            known.push_back(i);
    }
    writer.startArray(quint64(known.size()));
    for (const qsizetype i : known) {
        const auto metrics = baseline->metricsAt(i);
        writer.startArray(2);
        writer.append(QStringView(baseline->entityIdAt(i)));
        writer.startArray(metrics.size());
        for (const MetricSnapshot &metric : metrics)
            write(writer, metric);
        writer.endArray();
        writer.endArray();
    }
    writer.endArray();
    writer.endArray();
    return cbor;
}

} // namespace Recorders::Internal
