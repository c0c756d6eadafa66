// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLatin1StringView>
#include <QMetaEnum>
#include <QString>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace Recorders::Internal {

template <auto value>
constexpr std::string_view valueSignature() noexcept
{
#if defined(_MSC_VER)
    return __FUNCSIG__;
#else
    return __PRETTY_FUNCTION__;
#endif
}

// The last identifier of how the compiler spells an enumerator; empty for a number without one,
// which it spells as a cast.
template <auto value>
constexpr std::string_view enumeratorName() noexcept
{
    std::string_view text = valueSignature<value>();
#if defined(_MSC_VER)
    text = text.substr(0, text.rfind(">(void)"));
#else
    const std::size_t begin = text.find("value = ");
    text = text.substr(begin, text.find_first_of(";]", begin) - begin);
#endif
    std::size_t start = text.size();
    const auto isPartOfName = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || c == '_';
    };
    while (start > 0 && isPartOfName(text[start - 1]))
        --start;
    const std::string_view name = text.substr(start);
    return name.empty() || (name[0] >= '0' && name[0] <= '9') ? std::string_view() : name;
}

template <typename Enum, std::size_t... numbers>
constexpr std::array<std::string_view, sizeof...(numbers)>
enumeratorNames(std::index_sequence<numbers...>) noexcept
{
    return { enumeratorName<static_cast<Enum>(numbers)>()... };
}

// Of an unscoped one the compiler may not know every number.
template <typename Enum>
inline constexpr bool isScopedEnum =
        std::is_enum_v<Enum> && !std::is_convertible_v<Enum, std::underlying_type_t<Enum>>;

// The enumerator of that number: as Qt's meta-object knows it, or else, of a scoped enumeration
// and up to 31, as the compiler does; otherwise the number.
template <typename Enum>
QString enumName(qint64 number)
{
    using Underlying = std::underlying_type_t<Enum>;
    if constexpr (QtPrivate::IsQEnumHelper<Enum>::Value) {
        // The meta-object knows 32 bits.
        const auto known = static_cast<int>(number);
        const bool isKnown = sizeof(Underlying) <= sizeof(int) || known == number;
        const char *key = isKnown ? QMetaEnum::fromType<Enum>().valueToKey(known) : nullptr;
        if (key)
            return QString::fromUtf8(key);
    } else if constexpr (isScopedEnum<Enum>) {
        static constexpr auto names = enumeratorNames<Enum>(std::make_index_sequence<32>());
        if (number >= 0 && number < static_cast<qint64>(names.size())) {
            const std::string_view name = names[static_cast<std::size_t>(number)];
            if (!name.empty())
                return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        }
    }
    using Wide = std::conditional_t<std::is_unsigned_v<Underlying>, qulonglong, qlonglong>;
    return QString::number(static_cast<Wide>(number));
}

} // namespace Recorders::Internal
