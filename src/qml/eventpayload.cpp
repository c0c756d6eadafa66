// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "qml/eventpayload_p.h"

#include <QDateTime>
#include <QJSEngine>
#include <QJSValueIterator>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

// A number of JavaScript is a double; up to here it tells each whole number from the next.
constexpr double largestWhole = 9007199254740991;

// Of what is an event, rather than a document or a loop.
constexpr qsizetype deepest = 32;
constexpr int mostValues = 10'000;

// Of what is said.
constexpr qsizetype mostProblems = 20;
constexpr qsizetype mostCharacters = 100;

QVariant numberOf(double number)
{
    const bool isWhole = std::abs(number) <= largestWhole && std::trunc(number) == number;
    return isWhole ? QVariant(static_cast<qlonglong>(number)) : QVariant(number);
}

QString kindOf(const QJSValue &value)
{
    if (value.isArray())
        return QStringLiteral("a list");
    if (value.isString())
        return u"the text \"" + EventPayload::elided(value.toString()) + u'"';
    if (value.isCallable())
        return QStringLiteral("a function");
    if (value.isDate())
        return QStringLiteral("a date");
    if (value.isQObject())
        return QStringLiteral("an object of Qt");
    return EventPayload::elided(value.toString());
}

quint32 lengthOf(const QJSValue &array)
{
    return array.property(QStringLiteral("length")).toUInt();
}

} // namespace

QString EventPayload::elided(const QString &text)
{
    return text.size() > mostCharacters ? QString(text.left(mostCharacters) + u'\u2026') : text;
}

EventPayload::EventPayload(QJSEngine &engine, const QJSValue &object)
    : m_engine(engine)
{
    if (object.isUndefined() || object.isNull())
        return;
    const bool isPlain = object.isObject() && !object.isArray() && !object.isCallable()
            && !object.isDate() && !object.isQObject();
    if (isPlain)
        m_map = mapOf(object);
    else
        complain(QStringLiteral("the payload is %1, not an object").arg(kindOf(object)));
}

QVariantMap EventPayload::mapOf(const QJSValue &object)
{
    QVariantMap map;
    m_ancestors.append(object);
    QJSValueIterator property(object);
    while (!isFull() && property.next()) {
        m_path.append(property.name());
        if (const auto value = valueOf(property.value(), object, property.name()))
            map.insert(property.name(), *value);
        m_path.removeLast();
    }
    if (m_engine.hasError())
        complainOfThrown(m_engine.catchError());
    m_ancestors.removeLast();
    return map;
}

// What is refused leaves an invalid value behind, so that the others keep their places.
QVariantList EventPayload::listOf(const QJSValue &array)
{
    QVariantList list;
    m_ancestors.append(array);
    const quint32 length = lengthOf(array);
    for (quint32 i = 0; i < length && !isFull(); ++i) {
        m_path.append(QString::number(i));
        list.append(valueOf(array.property(i), array, m_path.constLast()).value_or(QVariant()));
        m_path.removeLast();
    }
    m_ancestors.removeLast();
    return list;
}

bool EventPayload::isFull() const
{
    return m_count > mostValues;
}

// Getters and proxies are code of the object, and what they throw is not to reach who registers. What is
// read by iterator or by index is undefined where they throw; by name it is what they threw.
std::optional<QVariant> EventPayload::valueOf(const QJSValue &value, const QJSValue &object,
                                              const QString &name)
{
    const QJSValue thrown = value.isUndefined() ? object.property(name) : QJSValue();
    if (thrown.isUndefined())
        return valueOf(value);
    complainOfThrown(thrown);
    return std::nullopt;
}

std::optional<QVariant> EventPayload::valueOf(const QJSValue &value)
{
    ++m_count;
    if (isFull()) {
        complain(QStringLiteral("it has more than %1 values, from field \"%2\" on")
                         .arg(mostValues)
                         .arg(path()));
        return std::nullopt;
    }
    if (value.isUndefined())
        return QVariant();
    if (value.isNull())
        return QVariant::fromValue(nullptr);
    if (value.isNumber())
        return numberOf(value.toNumber());
    if (value.isBool())
        return value.toBool();
    if (value.isString())
        return value.toString();
    if (value.isDate())
        return value.toDateTime().toUTC();
    if (value.isCallable())
        return refuse(QStringLiteral("a function"));
    if (value.isQObject())
        return refuse(QStringLiteral("an object of Qt"));
    if (value.isObject())
        return objectOf(value);
    return refuse(QStringLiteral("of a type that cannot be kept"));
}

std::optional<QVariant> EventPayload::objectOf(const QJSValue &value)
{
    const bool isCyclic =
            std::any_of(m_ancestors.cbegin(), m_ancestors.cend(),
                        [&value](const QJSValue &other) { return other.strictlyEquals(value); });
    if (isCyclic)
        return refuse(QStringLiteral("an object that contains itself"));
    if (m_ancestors.size() >= deepest)
        return refuse(QStringLiteral("nested more than %1 levels deep").arg(deepest));
    if (!value.isArray())
        return mapOrValueOf(value);
    if (lengthOf(value) > quint32(mostValues))
        return refuse(QStringLiteral("a list of more than %1 values").arg(mostValues));
    return listOf(value);
}

// JavaScript sees nothing in some values of Qt, such as a QUuid: these stay what they are.
QVariant EventPayload::mapOrValueOf(const QJSValue &object)
{
    const QVariantMap map = mapOf(object);
    if (!map.isEmpty())
        return map;
    const QVariant value = object.toVariant(QJSValue::RetainJSObjects);
    return value.metaType() == QMetaType::fromType<QJSValue>() ? map : value;
}

std::nullopt_t EventPayload::refuse(const QString &what)
{
    complain(QStringLiteral("field \"%1\" is %2").arg(path(), what));
    return std::nullopt;
}

void EventPayload::complainOfThrown(const QJSValue &thrown)
{
    const QString what = m_path.isEmpty() ? QStringLiteral("the payload")
                                          : QStringLiteral("field \"%1\"").arg(path());
    complain(what + u" threw " + elided(thrown.toString()));
}

void EventPayload::complain(const QString &problem)
{
    if (m_problems.size() < mostProblems && !m_problems.contains(problem))
        m_problems += problem;
}

QString EventPayload::path() const
{
    QString path;
    for (const QString &name : m_path) {
        if (path.size() > mostCharacters)
            break;
        path += (path.isEmpty() ? QString() : QStringLiteral(".")) + name.left(mostCharacters);
    }
    return elided(path);
}

} // namespace Recorders::Internal
