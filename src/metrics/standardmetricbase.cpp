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
    keys->setShared(settings.isSplitRepeatedly());
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

// Of several event types one says how many parts there may be, and what their attribute is called,
// or else the first one does that by its enumeration.
void MetricSettings::setSplit(const QString &attribute, std::string_view typeName, int limit)
{
    if (limit < 1) {
        setErrorString(QStringLiteral("the limit of its breakdown is %1, but must be at least 1")
                               .arg(limit));
    } else if (m_limit == KeyIndex::defaultLimit) {
        m_limit = limit;
    } else if (limit != m_limit && limit != KeyIndex::defaultLimit) {
        setErrorString(
                QStringLiteral("its breakdown has two limits, %1 and %2").arg(m_limit).arg(limit));
    }
    if (!m_isSplit)
        m_attribute = attributeOf(typeName);
    if (m_hasAttribute && !attribute.isEmpty() && attribute != m_attribute) {
        setErrorString(QStringLiteral("its breakdown has two attributes, \"%1\" and \"%2\"")
                               .arg(m_attribute, attribute));
    } else if (!attribute.isEmpty()) {
        m_attribute = attribute;
        m_hasAttribute = true;
    }
    if (!attribute.isNull() && attribute.trimmed().isEmpty())
        setErrorString(QStringLiteral("the attribute of its breakdown is blank"));
    m_isSplitRepeatedly = m_isSplit;
    m_isSplit = true;
}

void MetricSettings::reserveAttribute(const QString &name)
{
    if (m_isSplit && m_attribute == name) {
        setErrorString(QStringLiteral("the attribute of its breakdown is \"%1\", which is taken")
                               .arg(name));
    }
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
