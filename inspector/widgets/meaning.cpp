// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/meaning_p.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Recorders::Internal {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::Meaning)
};

QString kindText(MetricKind kind)
{
    switch (kind) {
    case MetricKind::Counter:
        return Texts::tr("Counter: it only grows, until it is reset.");
    case MetricKind::UpDownCounter:
        return Texts::tr("Up-down counter: a sum that goes both ways.");
    case MetricKind::Gauge:
        return Texts::tr("Gauge: the present value of something.");
    case MetricKind::Histogram:
        return Texts::tr("Distribution: the value that this part of all values does not exceed.");
    case MetricKind::Text:
        return Texts::tr("Text: a state or a version.");
    case MetricKind::Unspecified:
        break;
    }
    return {};
}

QString unitName(QString code)
{
    struct Name
    {
        const char *code;
        const char *text;
    };
    constexpr Name names[] = {
        { "ns", QT_TRANSLATE_NOOP("Recorders::Internal::Meaning", "nanoseconds") },
        { "us", QT_TRANSLATE_NOOP("Recorders::Internal::Meaning", "microseconds") },
        { "ms", QT_TRANSLATE_NOOP("Recorders::Internal::Meaning", "milliseconds") },
        { "s", QT_TRANSLATE_NOOP("Recorders::Internal::Meaning", "seconds") },
        { "By", QT_TRANSLATE_NOOP("Recorders::Internal::Meaning", "bytes") },
        { "%", QT_TRANSLATE_NOOP("Recorders::Internal::Meaning", "percent") },
        { "1", QT_TRANSLATE_NOOP("Recorders::Internal::Meaning", "a number") },
    };
    for (const Name &name : names) {
        if (code == QLatin1String(name.code))
            return Texts::tr(name.text);
    }
    return code.remove(u'{').remove(u'}');
}

QString unitText(const Unit &unit)
{
    if (unit.isDimensionless())
        return Texts::tr("none: a number");
    QString code = unit.code();
    const bool isPerSecond = code.size() > 2 && code.endsWith(u"/s");
    const QString name = unitName(isPerSecond ? code.chopped(2) : code);
    return isPerSecond ? Texts::tr("%1 per second (%2)").arg(name, code)
                       : Texts::tr("%1 (%2)").arg(name, code);
}

// "outcome is Success", but of what has no name the value only
QString partText(const QVariantMap &attributes)
{
    QStringList parts;
    for (auto it = attributes.cbegin(); it != attributes.cend(); ++it) {
        const QString value = it.value().toString().simplified();
        parts.append(it.key() == u"key" ? value : Texts::tr("%1 is %2").arg(it.key(), value));
    }
    return parts.join(Texts::tr(", "));
}

QString stateText(const MetricSnapshot &metric)
{
    if (metric.state() == MetricState::Quarantined)
        return Texts::tr("\u26a0 Quarantined: it failed too often and gets no more events.");
    return metric.errorString().isEmpty() ? Texts::tr("\u25cf Active: it gets events.")
                                          : Texts::tr("\u25cf Active, but it has failed.");
}

const Dimension *find(const QList<Dimension> &dimensions, const QString &name)
{
    const auto found =
            std::find_if(dimensions.begin(), dimensions.end(), [&name](const Dimension &dimension) {
                return name.isEmpty() || dimension.name == name;
            });
    return found == dimensions.end() ? nullptr : &*found;
}

} // namespace

QString kindName(MetricKind kind)
{
    switch (kind) {
    case MetricKind::Counter:
        return Texts::tr("counter");
    case MetricKind::UpDownCounter:
        return Texts::tr("up-down counter");
    case MetricKind::Gauge:
        return Texts::tr("gauge");
    case MetricKind::Histogram:
        return Texts::tr("distribution");
    case MetricKind::Text:
        return Texts::tr("text");
    case MetricKind::Unspecified:
        break;
    }
    return {};
}

QList<MeaningLine> meaningOf(const MetricSnapshot &metric, const QString &dimension)
{
    QList<MeaningLine> lines;
    const auto add = [&lines](const QString &subject, const QString &text) {
        if (!text.isEmpty())
            lines.append({ subject, text });
    };
    const QList<Dimension> dimensions = metric.dimensions();
    if (const Dimension *value = find(dimensions, dimension)) {
        if (dimension.isEmpty() && dimensions.size() > 1)
            add(Texts::tr("Value"),
                Texts::tr("%1, the first of %2 values").arg(value->name).arg(dimensions.size()));
        add(Texts::tr("Kind"), kindText(value->kind));
        if (value->kind != MetricKind::Text)
            add(Texts::tr("Unit"), unitText(value->unit));
        add(Texts::tr("Part"), partText(value->attributes));
        if (value->kind == MetricKind::Counter)
            add(Texts::tr("Rate"), Texts::tr("growth per second, over the last second"));
    }
    add(Texts::tr("State"), stateText(metric));
    add(Texts::tr("Last error"), metric.errorString().simplified());
    return lines;
}

} // namespace Recorders::Internal
