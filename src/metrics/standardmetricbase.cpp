// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/standardmetricbase.h>

namespace Recorders::Internal {

namespace {

std::chrono::nanoseconds wallTime()
{
    return std::chrono::system_clock::now().time_since_epoch();
}

// Of "Saved::Outcome" it is "outcome".
QString attributeOf(std::string_view typeName)
{
    const std::size_t colon = typeName.rfind(':');
    if (colon != std::string_view::npos)
        typeName.remove_prefix(colon + 1);
    QString name = QString::fromUtf8(typeName.data(), static_cast<qsizetype>(typeName.size()));
    if (!name.isEmpty())
        name[0] = name[0].toLower();
    return name;
}

std::unique_ptr<KeyIndex> keysOf(const MetricSettings &settings)
{
    if (!settings.isSplit())
        return {};
    auto keys = std::make_unique<KeyIndex>();
    keys->setLimit(settings.limit());
    keys->setAttribute(settings.attribute());
    return keys;
}

} // namespace

void MetricSettings::setUnit(Unit unit)
{
    m_unit = std::move(unit);
    m_hasUnit = true;
}

void MetricSettings::setOfDurations()
{
    if (m_hasUnit && m_unit != Unit::nanoseconds()) {
        setErrorString(
                QStringLiteral("its unit is \"%1\", but it measures durations, which are in ns")
                        .arg(m_unit.code()));
    }
    m_unit = Unit::nanoseconds();
}

// Of several event types the first one says what the parts are called, and how many there may be.
void MetricSettings::setSplit(const QString &attribute, std::string_view typeName, int limit)
{
    if (limit < 1) {
        setErrorString(QStringLiteral("the limit of its breakdown is %1, but must be at least 1")
                               .arg(limit));
    } else if (m_isSplit && limit != m_limit && limit != KeyIndex::defaultLimit) {
        setErrorString(
                QStringLiteral("its breakdown has two limits, %1 and %2").arg(m_limit).arg(limit));
    }
    if (!m_isSplit) {
        m_limit = limit;
        m_attribute = attributeOf(typeName);
    }
    if (!attribute.isEmpty() && !m_hasAttribute) {
        m_attribute = attribute;
        m_hasAttribute = true;
    }
    m_isSplit = true;
}

void MetricSettings::setErrorString(const QString &message)
{
    if (m_errorString.isEmpty())
        m_errorString = message;
}

StandardMetricBase::StandardMetricBase(MetricSettings settings)
    : Metric(settings.name())
    , m_settings(std::move(settings))
    , m_keys(keysOf(m_settings))
{
    setClocks([] { return handlingTime(); }, &wallTime);
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
    const QString message = m_settings.errorString();
    return message.isEmpty() ? Error() : Error(ErrorCode::InvalidArgument, message);
}

MetricSnapshot StandardMetricBase::emptySnapshot() const
{
    return MetricSnapshot(name()).setDescription(m_settings.description());
}

} // namespace Recorders::Internal
