// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/breakdown.h>

#include <QScopeGuard>
#include <QStringConverter>

#include <algorithm>

namespace Recorders::Internal {

namespace {

QString overflowLabel()
{
    return QStringLiteral("(other)");
}

// No name at all would be that of the whole.
QStringView labelOf(QStringView name)
{
    return name.isEmpty() ? QStringView(u"(empty)") : name;
}

// Names that many numbers share are looked up by name beyond that.
constexpr qsizetype maxNumbersRemembered = 4096;

} // namespace

void Key::setText(QStringView text) noexcept
{
    m_length = std::min(text.size(), maxLength);
    if (m_length < text.size() && text[m_length - 1].isHighSurrogate())
        --m_length;
    std::copy_n(text.utf16(), m_length, m_text.begin());
}

void Key::setLatin1(QLatin1StringView text) noexcept
{
    m_length = std::min(text.size(), maxLength);
    std::transform(text.begin(), text.begin() + m_length, m_text.begin(),
                   [](char c) { return static_cast<char16_t>(static_cast<unsigned char>(c)); });
}

// One byte makes one character at most, so that what is cut first still fills the room. What is
// left of a character that was cut in two goes.
void Key::setUtf8(QByteArrayView text) noexcept
{
    constexpr qsizetype mostBytes = 3 * maxLength; // of as many characters
    QStringDecoder decoder(QStringDecoder::Utf8);
    std::array<QChar, mostBytes + 1> decoded;
    const QChar *end =
            decoder.appendToBuffer(decoded.data(), text.first(std::min(text.size(), mostBytes)));
    setText(QStringView(decoded.data(), end - decoded.data()));
}

QVariant Key::value() const
{
    if (isText())
        return text().toString();
    return m_naming ? (*m_naming)(m_number) : m_valueOf(m_number);
}

int KnownNumbers::find(qint64 number) const
{
    if (static_cast<quint64>(number) < m_small.size())
        return m_small[static_cast<std::size_t>(number)] - 1;
    return m_large.value(number, -1);
}

void KnownNumbers::insert(qint64 number, int slot, qsizetype limit)
{
    if (static_cast<quint64>(number) < m_small.size())
        m_small[static_cast<std::size_t>(number)] = slot + 1;
    else if (m_large.size() < limit)
        m_large.insert(number, slot);
}

void KeyIndex::clear()
{
    m_slots.clear();
    m_parts.clear();
    m_overflow = -1;
}

QString KeyIndex::label(std::size_t slot) const
{
    return m_parts.at(static_cast<qsizetype>(slot)).label;
}

QVariant KeyIndex::value(std::size_t slot) const
{
    return m_parts.at(static_cast<qsizetype>(slot)).value;
}

std::size_t KeyIndex::slotOf(const Key &key, KnownNumbers &numbers)
{
    int slot = key.isText() ? find(labelOf(key.text())) : numbers.find(key.number());
    if (slot < 0) {
        slot = slotOfNew(key);
        if (!key.isText())
            numbers.insert(key.number(), slot, maxNumbersRemembered + m_limit);
    }
    return static_cast<std::size_t>(slot);
}

// A function may give several numbers one name, and so may types of events. Else a new key has a new
// one, which is not asked for if there is no room for it.
int KeyIndex::slotOfNew(const Key &key)
{
    const bool isFull = m_parts.size() - (m_overflow >= 0 ? 1 : 0) >= m_limit;
    const bool mayBeKnown = !key.isText() && (key.naming() || m_isShared);
    if (isFull && !mayBeKnown)
        return overflow();
    const QVariant value = key.value();
    const QString label = labelOf(value.toString()).toString();
    const int slot = find(label);
    if (slot >= 0)
        return slot;
    if (isFull || label == overflowLabel())
        return overflow(); // for good: once it is full there are no new parts
    return add(label, value);
}

int KeyIndex::add(const QString &label, const QVariant &value)
{
    const int slot = static_cast<int>(m_parts.size());
    m_parts.append({ label, value });
    auto rollBack = qScopeGuard([this] { m_parts.removeLast(); });
    m_slots.insert(m_parts.constLast().label, slot);
    rollBack.dismiss();
    return slot;
}

int KeyIndex::overflow()
{
    if (m_overflow < 0)
        m_overflow = add(overflowLabel(), overflowLabel());
    return m_overflow;
}

} // namespace Recorders::Internal
