// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/enumname.h>
#include <recorders/recorders_export.h>

#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QString>
#include <QVariant>

#include <array>
#include <functional>
#include <string_view>
#include <type_traits>

namespace Recorders::Internal {

template <typename T>
inline constexpr bool isReadAsText =
        std::is_convertible_v<
                const T &,
                QStringView> || std::is_convertible_v<const T &, std::string_view> || std::is_same_v<T, QLatin1StringView> || std::is_convertible_v<const T &, QByteArrayView>;

template <typename T>
inline constexpr bool isKey = std::is_enum_v<T> || std::is_integral_v<T> || isReadAsText<T>;

// The name of a number, for those who look at it; and its value as an attribute.
using KeyNaming = std::function<QVariant(qint64)>;

// What an event is told apart by: a number, or a text, which is cut after 256 characters.
class RECORDERS_EXPORT Key
{
public:
    static constexpr qsizetype maxLength = 256;

    // Of a number. The text is written when there is one.
    // NOLINTNEXTLINE(modernize-use-equals-default, cppcoreguidelines-pro-type-member-init)
    Key() noexcept { }
    Q_DISABLE_COPY_MOVE(Key)

    template <typename T>
    void read(const T &value);
    void setNaming(const KeyNaming *naming) noexcept { m_naming = naming; }

    bool isText() const noexcept { return m_length >= 0; }
    QStringView text() const noexcept { return { m_text.data(), m_length }; }
    qint64 number() const noexcept { return m_number; }
    const KeyNaming *naming() const noexcept { return m_naming; } // null: by default
    QVariant value() const; // a bool, number or text

private:
    void setText(QStringView text) noexcept;
    void setLatin1(QLatin1StringView text) noexcept;
    void setUtf8(QByteArrayView text) noexcept;

    qint64 m_number = 0;
    qsizetype m_length = -1; // of m_text; below 0: it is a number
    QVariant (*m_valueOf)(qint64 number) = nullptr;
    const KeyNaming *m_naming = nullptr;
    std::array<char16_t, maxLength> m_text; // not initialised: that would cost more than the rest
};

// The slots of the numbers that have come, for each type of event: what 1 means in one of them may
// be called otherwise in another.
class RECORDERS_EXPORT KnownNumbers
{
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // That of a small number, which costs little to find, or none.
    std::size_t slotOfSmall(qint64 number) const noexcept
    {
        return static_cast<quint64>(number) < m_small.size()
                ? static_cast<std::size_t>(m_small[static_cast<std::size_t>(number)] - 1)
                : none;
    }
    int find(qint64 number) const; // below 0: it has none
    void insert(qint64 number, int slot, qsizetype limit); // of large ones, so many are remembered

private:
    std::array<int, 64> m_small{}; // slot + 1
    QHash<qint64, int> m_large;
};

// Gives each key a slot: 0, 1, 2 and so on, as they come, and one more to all that are too many.
// Keys of one name have one slot.
class RECORDERS_EXPORT KeyIndex
{
public:
    static constexpr int defaultLimit = 64;

    std::size_t slotOf(const Key &key, KnownNumbers &numbers);
    void clear();

    int limit() const noexcept { return m_limit; }
    void setLimit(int limit) noexcept { m_limit = limit; }
    const QString &attribute() const noexcept { return m_attribute; }
    void setAttribute(QString name) { m_attribute = std::move(name); }
    void setShared(bool isShared) noexcept { m_isShared = isShared; } // by several types of events

    QString label(std::size_t slot) const; // unique
    QVariant value(std::size_t slot) const;

private:
    struct Part
    {
        QString label;
        QVariant value;
    };

    int slotOfNew(const Key &key);
    int find(QStringView label) const { return m_slots.value(label, -1); }
    int add(const QString &label, const QVariant &value);
    int overflow();

    QList<Part> m_parts; // by slot
    QHash<QStringView, int> m_slots; // by views of the labels
    QString m_attribute;
    int m_overflow = -1; // slot
    int m_limit = defaultLimit;
    bool m_isShared = false;
};

template <typename T>
void Key::read(const T &value)
{
    if constexpr (std::is_enum_v<T>) {
        m_number = static_cast<qint64>(value);
        m_valueOf = [](qint64 number) {
            return QVariant(enumName<T>(number));
        };
    } else if constexpr (std::is_integral_v<T>) {
        m_number = static_cast<qint64>(value);
        m_valueOf = [](qint64 number) {
            if constexpr (std::is_same_v<T, bool>)
                return QVariant(number != 0);
            else if constexpr (std::is_unsigned_v<T>)
                return QVariant(static_cast<qulonglong>(number));
            else
                return QVariant(static_cast<qlonglong>(number));
        };
    } else if constexpr (std::is_same_v<T, QLatin1StringView>) {
        setLatin1(value);
    } else if constexpr (std::is_convertible_v<const T &, QStringView>) {
        setText(value);
    } else if constexpr (std::is_pointer_v<T>) {
        setUtf8(value ? QByteArrayView(value) : QByteArrayView());
    } else if constexpr (std::is_convertible_v<const T &, std::string_view>) {
        const std::string_view text = value;
        setUtf8(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    } else {
        static_assert(isReadAsText<T>,
                      "Events are told apart by an enumerator, a bool, an integer or a text");
        setUtf8(value);
    }
}

} // namespace Recorders::Internal
