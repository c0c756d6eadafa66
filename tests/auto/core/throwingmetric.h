// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metric.h>

#include <QString>

#include <new>
#include <stdexcept>

namespace Testing {

enum class Throws { StandardException, Integer, BadAlloc };

class ThrowingMetric : public Recorders::Metric
{
public:
    enum Where { InHandleEvent = 1, InSnapshot = 2, InReset = 4 };

    ThrowingMetric(Throws what, int where, int *calls = nullptr)
        : Metric(QStringLiteral("thrower"))
        , m_what(what)
        , m_where(where)
        , m_calls(calls)
    {
    }

    bool handleEvent(const Recorders::MetricEvent &) override
    {
        if (m_calls)
            ++*m_calls;
        if (m_where & InHandleEvent)
            throwIt();
        return true;
    }
    Recorders::MetricSnapshot snapshot() const override
    {
        if (m_where & InSnapshot)
            throwIt();
        return Recorders::MetricSnapshot(name());
    }
    void reset() override
    {
        if (m_where & InReset)
            throwIt();
    }

private:
    [[noreturn]] void throwIt() const
    {
        switch (m_what) {
        case Throws::StandardException:
            throw std::runtime_error("disk on fire");
        case Throws::Integer:
            throw 42;
        case Throws::BadAlloc:
            break;
        }
        throw std::bad_alloc();
    }

    const Throws m_what;
    const int m_where;
    int *const m_calls;
};

} // namespace Testing
