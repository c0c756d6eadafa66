// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/markformat_p.h"

#include "model/baseline_p.h"

#include <QCborStreamReader>
#include <QCoreApplication>
#include <QMetaEnum>

#include <limits>
#include <optional>

namespace Recorders::Internal {

namespace {

// Reads what may be anything: after the first thing that is not as it should be, nothing more.
class MarkReader
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::SnapshotMark)

public:
    explicit MarkReader(const QByteArray &cbor)
        : m_reader(cbor)
    {
    }

    SnapshotMark mark();
    const QString &error() const { return m_error; }

private:
    void fail(const QString &error)
    {
        if (m_error.isEmpty())
            m_error = error;
    }
    bool isGood() const { return m_error.isEmpty(); }

    // Calls for each entry of an array, of a given length if that is not negative.
    template <typename Function>
    void readArray(qint64 length, Function readEntry);
    template <typename... Functions>
    void readTuple(Functions... readEntry);
    QString text();
    qint64 integer();
    QVariant value();
    MetricKind kind();
    Dimension dimension();
    MetricSnapshot metric();
    void readRecorder(Baseline &baseline);

    QCborStreamReader m_reader;
    QString m_error;
};

template <typename Function>
void MarkReader::readArray(qint64 length, Function readEntry)
{
    if (!isGood())
        return;
    if (!m_reader.isArray() || !m_reader.enterContainer()) {
        fail(tr("a list is missing"));
        return;
    }
    qint64 count = 0;
    while (isGood() && m_reader.hasNext()) {
        readEntry(count);
        ++count;
    }
    if (isGood() && (!m_reader.leaveContainer() || (length >= 0 && count != length)))
        fail(tr("a list ends too early, or too late"));
}

template <typename... Functions>
void MarkReader::readTuple(Functions... readEntry)
{
    readArray(sizeof...(readEntry), [&](qint64 index) {
        qint64 i = 0;
        bool isRead = false;
        ((i++ == index ? (readEntry(), isRead = true) : false), ...);
        if (!isRead)
            fail(tr("a list is too long"));
    });
}

QString MarkReader::text()
{
    QString text;
    if (!m_reader.isString())
        fail(tr("a text is missing"));
    while (isGood()) {
        const auto part = m_reader.readString();
        if (part.status == QCborStreamReader::Error)
            fail(m_reader.lastError().toString());
        if (part.status != QCborStreamReader::Ok)
            break;
        text += part.data;
    }
    return text;
}

qint64 MarkReader::integer()
{
    const QVariant number = m_reader.isInteger() ? value() : QVariant();
    if (number.typeId() != QMetaType::LongLong) {
        fail(tr("a number is missing, or too large"));
        return 0;
    }
    return number.toLongLong();
}

QVariant MarkReader::value()
{
    QVariant value;
    if (m_reader.isString())
        return text();
    if (m_reader.isUnsignedInteger()) {
        const quint64 number = m_reader.toUnsignedInteger();
        const bool fits = number <= quint64(std::numeric_limits<qint64>::max());
        value = fits ? QVariant(qint64(number)) : QVariant(number);
    } else if (m_reader.isNegativeInteger()) {
        const auto magnitude = quint64(m_reader.toNegativeInteger()); // 0: 2^64
        if (magnitude == 0 || magnitude > quint64(std::numeric_limits<qint64>::max()) + 1)
            fail(tr("a number is too far below 0"));
        value = m_reader.toInteger();
    } else if (m_reader.isDouble()) {
        value = m_reader.toDouble();
    } else if (m_reader.isBool()) {
        value = m_reader.toBool();
    } else {
        fail(tr("a value is neither a number nor a text"));
    }
    m_reader.next();
    return value;
}

MetricKind MarkReader::kind()
{
    const qint64 kind = integer();
    const bool fits = kind >= 0 && kind <= std::numeric_limits<int>::max();
    if (!fits || !QMetaEnum::fromType<MetricKind>().valueToKey(int(kind)))
        fail(tr("there is no kind %1 of metrics").arg(kind));
    return MetricKind(kind);
}

Dimension MarkReader::dimension()
{
    Dimension dimension;
    readTuple([&] { dimension.name = text(); }, [&] { dimension.kind = kind(); },
              [&] { dimension.unit = Unit(text()); }, [&] { dimension.value = value(); });
    return dimension;
}

MetricSnapshot MarkReader::metric()
{
    MetricSnapshot metric;
    readTuple([&] { metric = MetricSnapshot(text()); },
              [&] { readArray(-1, [&](qint64) { metric.add(dimension()); }); });
    return metric;
}

void MarkReader::readRecorder(Baseline &baseline)
{
    QString entityId;
    QList<MetricSnapshot> metrics;
    readTuple([&] { entityId = text(); },
              [&] { readArray(-1, [&](qint64) { metrics.append(metric()); }); });
    if (isGood())
        baseline.add(entityId, metrics);
}

SnapshotMark MarkReader::mark()
{
    QString name;
    std::shared_ptr<Baseline> baseline;
    readTuple(
            [&] {
                const qint64 version = integer();
                if (isGood() && version != markVersion)
                    fail(tr("it is of version %1, not %2").arg(version).arg(markVersion));
            },
            [&] { name = text(); },
            [&] {
                const QDateTime time = QDateTime::fromMSecsSinceEpoch(integer());
                baseline = std::make_shared<Baseline>(time);
            },
            [&] { readArray(-1, [&](qint64) { readRecorder(*baseline); }); });
    return isGood() && baseline ? Baseline::markOf(std::move(baseline), name) : SnapshotMark();
}

} // namespace

SnapshotMark markFromCbor(const QByteArray &cbor, QString *errorString)
{
    MarkReader reader(cbor);
    SnapshotMark mark = reader.mark();
    if (errorString)
        *errorString = reader.error();
    return mark;
}

} // namespace Recorders::Internal
