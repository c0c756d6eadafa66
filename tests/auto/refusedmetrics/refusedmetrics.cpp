// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Descriptions of metrics that do not compile, each with the message that tells why.

#include <recorders/metrics/standardmetrics.h>

#include <chrono>
#include <memory>
#include <utility>

using namespace Recorders;

struct Saved
{
    enum class Outcome { Success, Failure };
    Outcome outcome = Outcome::Failure;
    qint64 bytes = 0;
    double ratio = 0;
    std::chrono::milliseconds duration{};
    QString user;
};

struct Loaded
{
    qint64 bytes = 0;
};

template <typename Builder>
void take(Builder &&builder)
{
    const std::unique_ptr<Metric> metric = std::forward<Builder>(builder);
}

void refused(const QString &name)
{
    const auto one = [](const auto &) {
        return 1;
    };
    const auto named = [](const QString &) {
        return QString();
    };
    take(gauge<Saved>(name)); // Say what is measured: .of(
    take(statistics<Saved>(name)); // Say what is measured: .of(
    take(histogram<Saved>(name)); // Say what is measured: .of(
    take(text<Saved>(name)); // Say what is measured: .of(
    take(counter<Saved>(name).of(&Saved::bytes).andOf<Loaded>()); // Say what is measured of each
    take(counter<Saved>(name).andOf<Loaded>(&Loaded::bytes)); // Say what is measured of each
    take(upDownCounter<Saved>(name).andOf<Loaded>()); // Say which events count down
    take(counter<Saved>(name).of(&Saved::duration).andOf<Loaded>(one)); // Durations cannot be added

    take(counter<Saved>(name).of(&Loaded::bytes)); // of() takes a member of the event
    take(counter<Saved>(name).of(&Saved::bytes).of(&Saved::ratio)); // for the second time
    take(gauge<Saved>(name).of(&Saved::user)); // measures numbers and std::chrono::durations
    take(gauge<Saved>(name).of(&Saved::outcome)); // measures numbers and std::chrono::durations
    take(text<Saved>(name).of(&Saved::ratio)); // text() reads a text
    take(text<Saved>(name).of(&Saved::user).unit(Unit::bytes())); // A text has no unit

    const auto spelled = [](Saved::Outcome) {
        return 'x';
    };
    take(counter<Saved>(name).by(&Saved::outcome, spelled)); // and returns a QString
    take(counter<Saved>(name).when(&Saved::bytes)); // when() takes a bool member
    take(counter<Saved>(name).by(&Loaded::bytes)); // by() takes a member of the event
    take(counter<Saved>(name).by(&Saved::user).by(&Saved::outcome)); // by() splits the same events
    take(counter<Saved>(name).by(&Saved::ratio)); // by() tells events apart by an enumerator
    take(counter<Saved>(name).by(&Saved::user, named)); // names numbers and enumerators

    take(counter<Saved>(name).when(&Saved::user)); // when() takes a bool member
    take(counter<Saved>(name).andOf<Saved>()); // that the metric takes already
    take(counter<Saved>(name).andOf<Loaded>(&Saved::bytes)); // andOf() takes a member
    take(counter<Saved>(name).over(std::chrono::seconds(1))); // over() is for a rate
}
