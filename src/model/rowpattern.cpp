// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/rowpattern_p.h"

#include <QMetaEnum>

#include <limits>

namespace Recorders::Internal {

namespace {

// Where the term ends that begins there. A regular expression or a comparison may contain spaces.
qsizetype termEnd(const QString &text, qsizetype begin)
{
    if (const qsizetype end = ValueTerm::endOf(text, begin); end >= 0)
        return end;
    if (text.at(begin) == u'/') {
        for (qsizetype end = begin + 1; end < text.size(); ++end) {
            const bool isLast = end + 1 == text.size() || text.at(end + 1).isSpace();
            if (text.at(end) == u'/' && isLast && text.at(end - 1) != u'\\')
                return end + 1;
        }
        return text.size();
    }
    qsizetype end = begin;
    while (end < text.size() && !text.at(end).isSpace())
        ++end;
    return end;
}

// All enumerators whose names begin so, in upper or lower case.
template <typename Enum>
QList<Enum> enumerators(const QString &beginning)
{
    QList<Enum> found;
    const QMetaEnum meta = QMetaEnum::fromType<Enum>();
    for (int i = 0; i < meta.keyCount(); ++i) {
        if (QString::fromLatin1(meta.key(i)).startsWith(beginning, Qt::CaseInsensitive))
            found += Enum(meta.value(i));
    }
    return found;
}

template <typename Enum>
QStringList enumeratorNames()
{
    QStringList names;
    const QMetaEnum meta = QMetaEnum::fromType<Enum>();
    names.reserve(meta.keyCount());
    for (int i = 0; i < meta.keyCount(); ++i)
        names += QString::fromLatin1(meta.key(i)).toLower();
    return names;
}

} // namespace

RowPattern::RowPattern(const QString &text)
{
    for (qsizetype i = 0; i < text.size();) {
        if (text.at(i).isSpace()) {
            ++i;
            continue;
        }
        const qsizetype end = termEnd(text, i);
        addTerm(text.sliced(i, end - i));
        i = end;
    }
}

void RowPattern::addTerm(const QString &term)
{
    const auto valueOf = [&term](QLatin1String prefix) {
        return term.startsWith(prefix, Qt::CaseInsensitive) ? term.sliced(prefix.size())
                                                            : QString();
    };
    if (term.startsWith(u'/'))
        addExpression(term.sliced(1));
    else if (ValueTerm::endOf(term, 0) >= 0)
        addComparison(term);
    else if (const QString kind = valueOf(QLatin1String("kind:")); !kind.isNull())
        addKind(kind);
    else if (const QString state = valueOf(QLatin1String("state:")); !state.isNull())
        addState(state);
    else if (const QString unit = valueOf(QLatin1String("unit:")); !unit.isNull())
        addUnit(unit);
    else
        m_words.push_back({ newBit(), QStringMatcher(term, Qt::CaseInsensitive) });
}

Terms RowPattern::newBit()
{
    const Terms bit = m_all + 1; // all bits below are in use
    if (bit == 0)
        m_error = tr("more than %1 terms").arg(std::numeric_limits<Terms>::digits);
    m_all |= bit;
    return bit;
}

void RowPattern::addAlternative(Terms &bit)
{
    if (bit == 0)
        bit = newBit();
}

void RowPattern::addExpression(const QString &pattern)
{
    if (!pattern.endsWith(u'/')) {
        m_error = tr("the regular expression has no / at its end");
        return;
    }
    QRegularExpression expression(pattern.chopped(1), QRegularExpression::CaseInsensitiveOption);
    if (!expression.isValid()) {
        m_error = tr("%1, at character %2 of the regular expression")
                          .arg(expression.errorString())
                          .arg(expression.patternErrorOffset() + 1);
        return;
    }
    m_expressions.push_back({ newBit(), expression });
}

void RowPattern::addKind(const QString &name)
{
    const QList<MetricKind> kinds = enumerators<MetricKind>(name);
    if (kinds.isEmpty()) {
        m_error = tr("there is no kind \"%1\", but: %2")
                          .arg(name, enumeratorNames<MetricKind>().join(QStringLiteral(", ")));
    }
    m_kinds += kinds;
    addAlternative(m_kindBit);
}

void RowPattern::addState(const QString &name)
{
    const QList<MetricState> ofMetrics = enumerators<MetricState>(name);
    const QList<RecorderState> ofRecorders = enumerators<RecorderState>(name);
    if (ofMetrics.isEmpty() && ofRecorders.isEmpty()) {
        const QStringList names = enumeratorNames<MetricState>() + enumeratorNames<RecorderState>();
        m_error =
                tr("there is no state \"%1\", but: %2").arg(name, names.join(QStringLiteral(", ")));
    }
    m_metricStates += ofMetrics;
    m_recorderStates += ofRecorders;
    addAlternative(m_stateBit);
}

void RowPattern::addUnit(const QString &code)
{
    m_units += code;
    addAlternative(m_unitBit);
}

void RowPattern::addComparison(const QString &term)
{
    if (const std::optional<ValueTerm> parsed = ValueTerm::of(term))
        m_values.push_back({ newBit(), *parsed });
    else
        m_error = tr("there is no number in \"%1\", as in >10ms or <=2MiB").arg(term);
}

Terms RowPattern::ofText(const QString &text) const
{
    Terms terms = 0;
    for (const auto &[bit, word] : m_words)
        terms |= word.indexIn(text) >= 0 ? bit : 0;
    for (const auto &[bit, expression] : m_expressions)
        terms |= expression.match(text).hasMatch() ? bit : 0;
    return terms;
}

Terms RowPattern::ofRecorder(const QString &entityId, RecorderState state) const
{
    return ofText(entityId) | (m_recorderStates.contains(state) ? m_stateBit : 0);
}

Terms RowPattern::ofMetric(const QString &name, const QString &description, MetricState state) const
{
    return ofText(name) | (description.isEmpty() ? 0 : ofText(description))
            | (m_metricStates.contains(state) ? m_stateBit : 0);
}

Terms RowPattern::ofDimension(const QString &name, const QString &unit, MetricKind kind) const
{
    return ofText(name) | (m_kinds.contains(kind) ? m_kindBit : 0)
            | (m_units.contains(unit, Qt::CaseInsensitive) ? m_unitBit : 0);
}

RowPattern::Bounds RowPattern::boundsIn(const QString &unit) const
{
    Bounds bounds;
    bounds.reserve(m_values.size());
    for (const auto &[bit, term] : m_values)
        bounds.push_back(term.boundIn(unit));
    return bounds;
}

Terms RowPattern::ofValue(const QVariant &value, const Bounds &bounds) const
{
    Terms terms = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i)
        terms |= m_values[i].matcher.isMet(value, bounds[i]) ? m_values[i].bit : 0;
    return terms;
}

} // namespace Recorders::Internal
