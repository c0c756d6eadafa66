// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/ownedstring_p.h"

#include "core/platform/processfork_p.h"
#include "core/platform/processwide_p.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QStringList>
#include <QVariantHash>
#include <QVariantList>

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <unordered_set>
#include <utility>

namespace Recorders::Internal {

namespace {

// Literals are finite. What is made by QString::fromRawData() need not be.
constexpr std::size_t maxShared = 10'000;
constexpr qsizetype maxSharedSize = 256; // characters

struct SharedStrings
{
    std::mutex &mutex = ProcessFork::instance().sharedStringsMutex;
    std::unordered_set<QString> strings; // not QSet: it ends the process when there is no memory
};

/*
    What the thread has looked up last, by the place of the literal: the snapshots of a metric come
    with the same ones each time, and neither the mutex nor a hash is needed for them. Shared strings
    stay where they are. A plugin may be where another one was, so the characters are
    compared, too.
*/
struct Recent
{
    const QChar *literal;
    const QString *shared;
};
constexpr std::size_t recentCount = 64;
constinit thread_local std::array<Recent, recentCount> recentStrings{};

Recent &recentPlaceOf(const QString &literal)
{
    const auto address = reinterpret_cast<std::uintptr_t>(literal.constData());
    return recentStrings[(address / sizeof(QChar) ^ address / 1024) % recentCount];
}

QString sharedCopyOf(const QString &string)
{
    Recent &recent = recentPlaceOf(string);
    if (recent.literal == string.constData() && *recent.shared == string)
        return *recent.shared;

    SharedStrings &shared = ProcessWide<SharedStrings>::instance();
    const std::lock_guard lock(shared.mutex);
    auto known = shared.strings.find(string);
    if (known == shared.strings.end()) {
        QString copy(string.constData(), string.size());
        if (shared.strings.size() >= maxShared)
            return copy;
        known = shared.strings.insert(std::move(copy)).first;
    }
    recent = { string.constData(), &*known };
    return *known;
}

// Qt gives no other sign of memory that is somebody else's.
template <typename Text>
bool isTextOwned(const Text &text)
{
    return text.capacity() > 0 || text.isNull();
}

bool isOwned(const QString &string)
{
    return isTextOwned(string);
}

bool isOwned(const QByteArray &bytes)
{
    return isTextOwned(bytes);
}

bool isOwned(const QVariant &value);

template <typename T>
bool isOwned(const QList<T> &values)
{
    return std::all_of(values.cbegin(), values.cend(),
                       [](const T &value) { return isOwned(value); });
}

template <template <typename, typename> typename Map>
bool isOwned(const Map<QString, QVariant> &map)
{
    for (auto entry = map.cbegin(); entry != map.cend(); ++entry) {
        if (!isOwned(entry.key()) || !isOwned(entry.value()))
            return false;
    }
    return true;
}

QString copyOf(const QString &string)
{
    return string.isEmpty() || string.size() > maxSharedSize
            ? QString(string.constData(), string.size())
            : sharedCopyOf(string);
}

QByteArray copyOf(const QByteArray &bytes)
{
    return QByteArray(bytes.constData(), bytes.size());
}

template <typename T>
T ownedValue(T value);

template <typename T>
QList<T> copyOf(const QList<T> &values)
{
    QList<T> copy;
    copy.reserve(values.size());
    for (const T &value : values)
        copy.append(ownedValue(value));
    return copy;
}

template <template <typename, typename> typename Map>
Map<QString, QVariant> copyOf(const Map<QString, QVariant> &map)
{
    Map<QString, QVariant> copy;
    for (auto entry = map.cbegin(); entry != map.cend(); ++entry)
        copy.insert(ownedValue(entry.key()), ownedValue(entry.value()));
    return copy;
}

// Calls with the content of a value that can have characters; any other one is owned.
template <typename Result, typename Call>
Result visit(const QVariant &value, Result otherwise, Call call)
{
    const void *const content = value.constData();
    switch (value.typeId()) {
    case QMetaType::QString:
        return call(*static_cast<const QString *>(content));
    case QMetaType::QByteArray:
        return call(*static_cast<const QByteArray *>(content));
    case QMetaType::QByteArrayList:
        return call(*static_cast<const QByteArrayList *>(content));
    case QMetaType::QStringList:
        return call(*static_cast<const QStringList *>(content));
    case QMetaType::QVariantList:
        return call(*static_cast<const QVariantList *>(content));
    case QMetaType::QVariantMap:
        return call(*static_cast<const QVariantMap *>(content));
    case QMetaType::QVariantHash:
        return call(*static_cast<const QVariantHash *>(content));
    default:
        return otherwise;
    }
}

bool isOwned(const QVariant &value)
{
    return visit(value, true, [](const auto &content) { return isOwned(content); });
}

QVariant copyOf(const QVariant &value)
{
    return visit(value, value,
                 [](const auto &content) { return QVariant::fromValue(copyOf(content)); });
}

template <typename T>
T ownedValue(T value)
{
    return isOwned(value) ? std::move(value) : copyOf(value);
}

} // namespace

QString owned(QString string)
{
    return ownedValue(std::move(string));
}

QVariant owned(QVariant value)
{
    return ownedValue(std::move(value));
}

QVariantMap owned(QVariantMap map)
{
    return ownedValue(std::move(map));
}

} // namespace Recorders::Internal
