// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/naturalorder_p.h"

#include <QChar>

namespace Recorders::Internal {

namespace {

constexpr bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

char16_t folded(QChar c)
{
    if (c.unicode() < 0x80)
        return c >= u'A' && c <= u'Z' ? char16_t(c.unicode() + 0x20) : c.unicode();
    return c.toCaseFolded().unicode();
}

qsizetype digitsEnd(QStringView text, qsizetype from)
{
    while (from < text.size() && isDigit(text[from]))
        ++from;
    return from;
}

qsizetype zerosEnd(QStringView text, qsizetype from)
{
    while (from < text.size() && text[from] == u'0')
        ++from;
    return from;
}

constexpr int orderOf(bool isLess)
{
    return isLess ? -1 : 1;
}

// Compares the numbers at i and j, of any length, and moves both behind them.
int compareNumbers(QStringView a, qsizetype &i, QStringView b, qsizetype &j)
{
    const qsizetype aFirst = zerosEnd(a, i);
    const qsizetype bFirst = zerosEnd(b, j);
    i = digitsEnd(a, aFirst);
    j = digitsEnd(b, bFirst);
    if (i - aFirst != j - bFirst)
        return orderOf(i - aFirst < j - bFirst);
    return a.sliced(aFirst, i - aFirst).compare(b.sliced(bFirst, j - bFirst));
}

} // namespace

// QCollator has a numeric mode too, but ignores it in the C locale.
int compareNaturally(QStringView a, QStringView b)
{
    if (a.data() == b.data() && a.size() == b.size())
        return 0; // one text, implicitly shared
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            if (const int order = compareNumbers(a, i, b, j))
                return order;
            continue;
        }
        const char16_t left = folded(a[i++]);
        const char16_t right = folded(b[j++]);
        if (left != right)
            return orderOf(left < right);
    }
    const bool aEnded = i == a.size();
    const bool bEnded = j == b.size();
    if (aEnded != bEnded)
        return orderOf(aEnded);
    return a.compare(b);
}

} // namespace Recorders::Internal
