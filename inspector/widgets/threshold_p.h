// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Recorders::Internal {

// Where a value, or its rate, begins to deserve attention: in one recorder or in all.
struct Threshold
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::Threshold)

public:
    enum class Figure { Value, Rate };
    enum class Bound { Above, Below, Outside };

    static std::optional<Threshold> fromJson(const QJsonObject &json); // null: it is none
    QJsonObject toJson() const;

    bool isOfAll() const { return recorder.isEmpty(); }
    bool isBeyond(double number) const;
    // Whether it still is, or has only just come back: what wavers crosses once.
    bool isHeld(double number) const;
    QString boundText() const; // "above 2 MiB"
    QString nameText() const; // "bytes / total in all recorders"
    QString text() const; // both

    friend bool operator==(const Threshold &, const Threshold &) = default;

    QString recorder; // empty: all
    QString metric;
    QString dimension;
    QString unit; // the UCUM code of low and high
    Figure figure = Figure::Value;
    Bound bound = Bound::Above;
    double low = 0; // not of Above
    double high = 0; // not of Below
    bool setsMark = false; // when it is crossed
};

} // namespace Recorders::Internal

Q_DECLARE_METATYPE(Recorders::Internal::Threshold)
