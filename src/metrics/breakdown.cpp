// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/breakdown.h>

#include <QStringConverter>

#include <algorithm>

namespace Recorders::Internal {

namespace {

QString overflowLabel()
{
    return QStringLiteral("(other)");
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

void KeyIndex::clear()
{
    m_direct.fill(0);
    m_numbers.clear();
    m_texts.clear();
    m_labels.clear();
    m_values.clear();
    m_overflow = -1;
}

QString KeyIndex::label(std::size_t slot) const
{
    return m_labels.at(static_cast<qsizetype>(slot));
}

QVariant KeyIndex::value(std::size_t slot) const
{
    return m_values.at(static_cast<qsizetype>(slot));
}

std::size_t KeyIndex::findOrAdd(const Key &key)
{
    int slot = find(key);
    if (slot >= 0)
        return static_cast<std::size_t>(slot);
    const bool isFull = m_labels.size() - (m_overflow >= 0 ? 1 : 0) >= m_limit;
    // A function may give several numbers one name; of others a new key has a new one.
    if (isFull && !key.naming())
        return static_cast<std::size_t>(overflow());
    const QVariant value = key.value();
    const QString label = value.toString();
    slot = findLabel(label);
    if (slot < 0 && (isFull || label == overflowLabel()))
        slot = overflow(); // for good: once it is full there are no new parts
    else if (slot < 0)
        slot = add(label, value);
    remember(key, slot);
    return static_cast<std::size_t>(slot);
}

int KeyIndex::find(const Key &key) const
{
    return key.isText() ? m_texts.value(key.text(), -1) : m_numbers.value(key.number(), -1);
}

int KeyIndex::findLabel(const QString &label) const
{
    return static_cast<int>(m_labels.indexOf(label));
}

int KeyIndex::add(const QString &label, const QVariant &value)
{
    m_labels.append(label);
    m_values.append(value);
    m_texts.insert(m_labels.constLast(), static_cast<int>(m_labels.size() - 1));
    return static_cast<int>(m_labels.size() - 1);
}

int KeyIndex::overflow()
{
    if (m_overflow < 0)
        m_overflow = add(overflowLabel(), overflowLabel());
    return m_overflow;
}

void KeyIndex::remember(const Key &key, int slot)
{
    if (key.isText())
        return; // its label is what is looked up
    if (static_cast<quint64>(key.number()) < m_direct.size())
        m_direct[static_cast<std::size_t>(key.number())] = slot + 1;
    else if (m_numbers.size() < maxNumbersRemembered + m_limit)
        m_numbers.insert(key.number(), slot);
}

} // namespace Recorders::Internal
