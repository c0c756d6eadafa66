// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/rowsearch_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

// Which terms a metric of the pool meets, and which its dimensions.
struct MetricTerms
{
    bool isKnown = false;
    Terms own = 0;
    std::vector<Terms> dimensions; // but for their values
    std::vector<RowPattern::Bounds> bounds; // of the dimensions, if values are compared
};

// Counts what fits, row by row.
class Matcher
{
public:
    Matcher(const SearchIndex &index, const RowPattern &pattern)
        : m_index(index)
        , m_pattern(pattern)
        , m_terms(std::size_t(index.pool.size()))
    {
    }

    bool fits(int number, RowSearch::Result &result)
    {
        const SearchedRow &row = m_index.rows[std::size_t(number)];
        if (row.metric == SearchedRow::none)
            return fitsRecorder(row, number, result);
        const MetricTerms &metric = ofMetric(row.metric);
        const auto dimension = std::size_t(row.dimension);
        Terms terms = ofRecorder(row) | metric.own | metric.dimensions[dimension];
        if (m_pattern.looksAtValues())
            terms |= ofValue(m_index.compared[std::size_t(number)], metric, dimension);
        ++result.searched;
        const bool isHit = m_pattern.isMet(terms);
        result.hits += isHit ? 1 : 0;
        return isHit;
    }

private:
    // Rows of one recorder follow each other.
    Terms ofRecorder(const SearchedRow &row)
    {
        if (!m_last || m_last->state != row.state
            || m_last->entityId.constData() != row.entityId.constData()) {
            m_last = &row;
            m_lastTerms = m_pattern.ofRecorder(row.entityId, row.state);
        }
        return m_lastTerms;
    }

    const MetricTerms &ofMetric(int entry)
    {
        MetricTerms &terms = m_terms[std::size_t(entry)];
        if (terms.isKnown)
            return terms;
        const SearchedMetric &metric = m_index.pool.at(entry);
        terms.isKnown = true;
        terms.own = m_pattern.ofMetric(metric.name, metric.description, metric.state);
        terms.dimensions.reserve(metric.dimensions.size());
        for (const auto &[name, unit, kind] : metric.dimensions) {
            terms.dimensions.push_back(m_pattern.ofDimension(name, unit, kind));
            if (m_pattern.looksAtValues())
                terms.bounds.push_back(m_pattern.boundsIn(unit));
        }
        return terms;
    }

    Terms ofValue(const QVariant &value, const MetricTerms &metric, std::size_t dimension) const
    {
        return m_pattern.ofValue(value, metric.bounds[dimension]);
    }

    bool fitsRecorder(const SearchedRow &row, int number, RowSearch::Result &result)
    {
        const QVariant *numbers = m_pattern.looksAtValues()
                ? m_index.comparedBelow[std::size_t(number)].data()
                : nullptr;
        const Terms recorder = ofRecorder(row);
        int hits = m_pattern.isMet(recorder) ? 1 : 0;
        const bool isHit = hits > 0;
        ++result.searched;
        for (const int entry : m_index.metrics[std::size_t(number)]) {
            const MetricTerms &metric = ofMetric(entry);
            result.searched += 1 + int(metric.dimensions.size());
            hits += isHit ? 0 : hitsIn(metric, recorder | metric.own, numbers);
            numbers += numbers ? metric.dimensions.size() : 0;
        }
        result.hits += hits;
        return hits > 0;
    }

    // The numbers are those of the dimensions, or null.
    int hitsIn(const MetricTerms &metric, Terms terms, const QVariant *numbers) const
    {
        if (m_pattern.isMet(terms))
            return 1;
        int hits = 0;
        for (std::size_t i = 0; i < metric.dimensions.size(); ++i) {
            const Terms ofNumber = numbers ? ofValue(numbers[i], metric, i) : 0;
            hits += m_pattern.isMet(terms | metric.dimensions[i] | ofNumber) ? 1 : 0;
        }
        return hits;
    }

    const SearchIndex &m_index;
    const RowPattern &m_pattern;
    std::vector<MetricTerms> m_terms;
    const SearchedRow *m_last = nullptr;
    Terms m_lastTerms = 0;
};

SortCandidate candidate(const SearchIndex &index, int number, SortKey key)
{
    static const QString nothing;
    const SearchedRow &row = index.rows[std::size_t(number)];
    if (isLive(key))
        return { index.values[std::size_t(number)], number };
    if (key == SortKey::Name)
        return { row.entityId, number };
    if (row.metric == SearchedRow::none)
        return { nothing, number };
    const SearchedMetric &metric = index.pool.at(row.metric);
    const SearchedMetric::Dimension &dimension = metric.dimensions[std::size_t(row.dimension)];
    switch (key) {
    case SortKey::Metric:
        return { metric.name, number };
    case SortKey::Dimension:
        return { dimension.name, number };
    default:
        return { dimension.unit, number };
    }
}

void sort(std::vector<int> &numbers, const SearchIndex &index, const RowCriteria &criteria)
{
    std::vector<SortCandidate> candidates;
    candidates.reserve(numbers.size());
    for (const int number : numbers)
        candidates.push_back(candidate(index, number, criteria.key));
    std::stable_sort(candidates.begin(), candidates.end(),
                     criteria.order == Qt::DescendingOrder ? isGreater : isLess);
    std::transform(candidates.cbegin(), candidates.cend(), numbers.begin(),
                   [](const SortCandidate &sorted) { return sorted.row; });
}

} // namespace

RowSearch::Result RowSearch::run() const
{
    const std::lock_guard lock(index->mutex);
    Matcher matcher(*index, criteria.pattern);
    Result result;
    for (const int number : numbers) {
        if (isCanceled->load(std::memory_order_relaxed)) // only to be done earlier
            return {};
        if (matcher.fits(number, result))
            result.numbers.push_back(number);
    }
    if (criteria.key != SortKey::None)
        sort(result.numbers, *index, criteria);
    return result;
}

} // namespace Recorders::Internal
