// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/standardmetricbase.h>

namespace Recorders::Internal {

namespace {

std::chrono::nanoseconds wallTime()
{
    return std::chrono::system_clock::now().time_since_epoch();
}

} // namespace

StandardMetricBase::StandardMetricBase(QString name)
    : Metric(std::move(name))
{
    setClocks([] { return handlingTime(); }, &wallTime);
}

StandardMetricBase::StandardMetricBase(StandardMetricBase &&other) noexcept
    : Metric(other.name())
    , m_occasion(other.m_occasion)
    , m_keys(std::move(other.m_keys))
    , m_description(std::move(other.m_description))
    , m_configurationError(std::move(other.m_configurationError))
    , m_unit(std::move(other.m_unit))
    , m_hasUnit(other.m_hasUnit)
    , m_durations(other.m_durations)
    , m_values(other.m_values)
{
}

void StandardMetricBase::reset()
{
    if (m_keys)
        m_keys->clear();
}

void StandardMetricBase::setClocks(std::chrono::nanoseconds (*steady)(),
                                   std::chrono::nanoseconds (*wall)())
{
    m_occasion.steadyTime = steady;
    m_occasion.wallTime = wall;
}

Error StandardMetricBase::configurationError() const
{
    const auto wrong = [](const QString &message) {
        return Error(ErrorCode::InvalidArgument, message);
    };
    if (!m_configurationError.isEmpty())
        return wrong(m_configurationError);
    if (m_keys && m_keys->limit() < 1) {
        return wrong(QStringLiteral("the limit of its breakdown is %1, but must be at least 1")
                             .arg(m_keys->limit()));
    }
    if (m_durations != 0 && m_durations != m_values)
        return wrong(QStringLiteral("it adds durations to numbers that are none"));
    if (m_durations != 0 && m_hasUnit && m_unit != Unit::nanoseconds())
        return wrong(
                QStringLiteral("its unit is \"%1\", but it measures durations, which are in ns")
                        .arg(m_unit.code()));
    return {};
}

void StandardMetricBase::setConfigurationError(const QString &message)
{
    if (m_configurationError.isEmpty())
        m_configurationError = message;
}

void StandardMetricBase::setSplitTwice(std::string_view eventType)
{
    const QLatin1StringView type(eventType.data(), static_cast<qsizetype>(eventType.size()));
    setConfigurationError(QStringLiteral("it splits events of the type \"%1\" twice").arg(type));
}

void StandardMetricBase::setUnit(Unit unit)
{
    m_unit = std::move(unit);
    m_hasUnit = true;
}

void StandardMetricBase::noteValue(bool isDuration)
{
    ++m_values;
    if (!isDuration)
        return;
    ++m_durations;
    m_unit = Unit::nanoseconds();
}

MetricSnapshot StandardMetricBase::emptySnapshot() const
{
    return MetricSnapshot(name()).setDescription(m_description);
}

KeyIndex &StandardMetricBase::keys()
{
    if (!m_keys)
        m_keys = std::make_unique<KeyIndex>();
    return *m_keys;
}

// What is given counts more than what the type is called.
void StandardMetricBase::setAttribute(const QString &given, const QString &byDefault)
{
    if (!given.isEmpty() || keys().attribute().isEmpty())
        keys().setAttribute(given.isEmpty() ? byDefault : given);
}

// Of "Saved::Outcome" it is "outcome".
QString StandardMetricBase::attributeOf(std::string_view typeName)
{
    const std::size_t colon = typeName.rfind(':');
    if (colon != std::string_view::npos)
        typeName.remove_prefix(colon + 1);
    QString name = QString::fromUtf8(typeName.data(), static_cast<qsizetype>(typeName.size()));
    if (!name.isEmpty())
        name[0] = name[0].toLower();
    return name;
}

} // namespace Recorders::Internal
