// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/valueterm_p.h"

#include <recorders/core/namespace.h>

#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QStringMatcher>

#include <vector>

namespace Recorders::Internal {

// The terms of a pattern that something meets, a bit each.
using Terms = quint64;

/*
    A filter text, understood. Each term is met by a recorder, by a metric or by a dimension, and
    what a recorder meets is met by all that it has: so a row of a table fits if it, its metric and
    its recorder together meet all terms, and a row of a tree if those down to it do.
*/
class RowPattern
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::SnapshotFilterModel)

public:
    RowPattern() = default; // fits everything
    explicit RowPattern(const QString &text);

    const QString &error() const { return m_error; }
    bool isEmpty() const { return m_all == 0; }
    bool looksAtRecorderStates() const { return !m_recorderStates.isEmpty(); }
    bool looksAtValues() const { return !m_values.empty(); }
    bool isMet(Terms terms) const { return (terms & m_all) == m_all; }

    Terms ofRecorder(const QString &entityId, RecorderState state) const;
    Terms ofMetric(const QString &name, const QString &description, MetricState state) const;
    Terms ofDimension(const QString &name, const QString &unit, MetricKind kind) const; // all but:

    using Bounds = std::vector<QVariant>; // what values of a unit are compared with
    Bounds boundsIn(const QString &unit) const;
    Terms ofValue(const QVariant &value, const Bounds &bounds) const;

private:
    template <typename Matcher>
    struct MatchedTerm
    {
        Terms bit;
        Matcher matcher;
    };

    void addTerm(const QString &term);
    void addExpression(const QString &pattern);
    void addKind(const QString &name);
    void addState(const QString &name);
    void addUnit(const QString &code);
    void addComparison(const QString &term);
    Terms newBit();
    void addAlternative(Terms &bit); // of several, one is enough
    Terms ofText(const QString &text) const;

    QString m_error;
    Terms m_all = 0;
    std::vector<MatchedTerm<QStringMatcher>> m_words;
    std::vector<MatchedTerm<QRegularExpression>> m_expressions;
    std::vector<MatchedTerm<ValueTerm>> m_values;
    QList<MetricKind> m_kinds;
    QList<MetricState> m_metricStates;
    QList<RecorderState> m_recorderStates;
    QStringList m_units;
    Terms m_kindBit = 0;
    Terms m_stateBit = 0;
    Terms m_unitBit = 0;
};

} // namespace Recorders::Internal
