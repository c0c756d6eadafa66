// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "bulksource.h"
#include "median.h"
#include "milliseconds.h"
#include "shared/threadclock.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <limits>
#include <vector>

namespace Benchmarks {

using Clock = std::chrono::steady_clock;

// How many recorders an update of a runtime has at most, and one that is not cut.
constexpr qsizetype asCutByARuntime = 2048;
constexpr qsizetype notCut = std::numeric_limits<qsizetype>::max();

// A model that takes updates when it is told to.
template <typename Model>
class Subject
{
public:
    explicit Subject(Size size)
        : m_source(size)
    {
        m_clock.follow();
        QObject::connect(&m_model, &Model::updated, [this] { m_isUpdated = true; });
        m_model.setPaused(true);
        m_model.setSource(&m_source);
    }

    Model &model() { return m_model; }
    BulkSource &source() { return m_source; }

    // Milliseconds of this thread's work from asking until all receivers have been told. What other
    // processes do meanwhile is not counted.
    double update()
    {
        const auto begin = m_clock.time();
        m_model.refresh();
        waitForUpdate();
        return milliseconds(m_clock.time() - begin);
    }

    // The source cuts it, as a runtime does.
    void updateInParts()
    {
        m_source.setMaxUpdateSize(asCutByARuntime);
        update();
        while (m_source.hasMore())
            waitForUpdate();
    }

    double updateAfterChange(int metrics)
    {
        m_source.prepareChange(metrics);
        return update();
    }

    // The same of each of the updates that it takes where the source cuts them.
    std::vector<double> updatesAfterChange(int metrics)
    {
        std::vector<double> samples{ updateAfterChange(metrics) };
        while (m_source.hasMore()) { // which the model asks for by itself
            const auto begin = m_clock.time();
            waitForUpdate();
            samples.push_back(milliseconds(m_clock.time() - begin));
        }
        return samples;
    }

    // Everything, and changes of more than a second of the source's time: from then on, as many
    // metrics come to rest with each update as begin to have a rate.
    void warmUp(int changed, qsizetype maxUpdateSize)
    {
        update();
        m_source.setMaxUpdateSize(maxUpdateSize);
        for (int i = 0; i < 11; ++i)
            updatesAfterChange(changed);
    }

private:
    void waitForUpdate()
    {
        m_isUpdated = false;
        while (!m_isUpdated)
            QCoreApplication::processEvents();
    }

    BulkSource m_source;
    Model m_model;
    Testing::ThreadClock m_clock;
    bool m_isUpdated = false;
};

} // namespace Benchmarks
