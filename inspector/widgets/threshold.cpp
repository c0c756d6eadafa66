// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/threshold_p.h"

#include <recorders/model/formattedvalue.h>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

// Of the limit, or of the distance between two.
constexpr double margin = 0.05;

// As in the file: words that outlive a change of the enumerations.
constexpr QLatin1String boundWords[] = { QLatin1String("above"), QLatin1String("below"),
                                         QLatin1String("outside") };
constexpr QLatin1String figureWords[] = { QLatin1String("value"), QLatin1String("rate") };

template <typename Enum, size_t size>
std::optional<Enum> enumOf(const QString &word, const QLatin1String (&words)[size])
{
    const auto found = std::find(std::begin(words), std::end(words), word);
    if (found == std::end(words))
        return {};
    return Enum(found - std::begin(words));
}

bool isNumber(const QJsonValue &value)
{
    return value.isDouble() && std::isfinite(value.toDouble());
}

} // namespace

std::optional<Threshold> Threshold::fromJson(const QJsonObject &json)
{
    const auto textOf = [&json](const char *key) {
        return json.value(QLatin1String(key)).toString();
    };
    const auto bound = enumOf<Bound>(textOf("bound"), boundWords);
    const auto figure = enumOf<Figure>(textOf("figure"), figureWords);
    const QJsonValue low = json.value(QLatin1String("low"));
    const QJsonValue high = json.value(QLatin1String("high"));
    if (!bound || !figure || textOf("metric").isEmpty() || !isNumber(low) || !isNumber(high))
        return {};
    return Threshold{ .recorder = textOf("recorder"),
                      .metric = textOf("metric"),
                      .dimension = textOf("dimension"),
                      .unit = textOf("unit"),
                      .figure = *figure,
                      .bound = *bound,
                      .low = low.toDouble(),
                      .high = high.toDouble(),
                      .setsMark = json.value(QLatin1String("setsMark")).toBool() };
}

QJsonObject Threshold::toJson() const
{
    return {
        { QStringLiteral("recorder"), recorder },
        { QStringLiteral("metric"), metric },
        { QStringLiteral("dimension"), dimension },
        { QStringLiteral("unit"), unit },
        { QStringLiteral("figure"), figureWords[size_t(figure)] },
        { QStringLiteral("bound"), boundWords[size_t(bound)] },
        { QStringLiteral("low"), low },
        { QStringLiteral("high"), high },
        { QStringLiteral("setsMark"), setsMark },
    };
}

bool Threshold::isBeyond(double number) const
{
    return (bound != Bound::Below && number > high) || (bound != Bound::Above && number < low);
}

bool Threshold::isHeld(double number) const
{
    const double above = margin * (bound == Bound::Outside ? high - low : std::abs(high));
    const double below = margin * (bound == Bound::Outside ? high - low : std::abs(low));
    return (bound != Bound::Below && number > high - above)
            || (bound != Bound::Above && number < low + below);
}

QString Threshold::boundText() const
{
    const auto shown = [this](double number) {
        return figure == Figure::Rate ? FormattedValue::rate(number, Unit(unit)).text()
                                      : FormattedValue(number, Unit(unit)).text();
    };
    switch (bound) {
    case Bound::Above:
        return tr("above %1").arg(shown(high));
    case Bound::Below:
        return tr("below %1").arg(shown(low));
    case Bound::Outside:
        break;
    }
    return tr("outside %1 to %2").arg(shown(low), shown(high));
}

QString Threshold::nameText() const
{
    const QString value =
            dimension.isEmpty() ? metric : QString(metric + QStringLiteral(" / ") + dimension);
    return isOfAll() ? tr("%1 in all recorders").arg(value) : tr("%1 in %2").arg(value, recorder);
}

QString Threshold::text() const
{
    return figure == Figure::Rate ? tr("%1: rate %2").arg(nameText(), boundText())
                                  : tr("%1: %2").arg(nameText(), boundText());
}

} // namespace Recorders::Internal
