// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "modelsearch.h"
#include "queuemodels.h"

#include <QTest>

#include <functional>

using namespace Recorders::ModelSearch;
using namespace Recorders::QueueModels;

// The lane of a thread that has a queue to itself. What it has in common with a queue without lanes,
// tst_EventQueueModels looks at.
class tst_EventQueueLaneModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // The shipped algorithms.
    void isCorrectInEveryExecution_data();
    void isCorrectInEveryExecution();

    // Nothing in them is superfluous.
    void needsEveryOrderAndEveryExchange_data();
    void needsEveryOrderAndEveryExchange();

    // Rules for their users.
    void findsMisuse_data();
    void findsMisuse();
};

void tst_EventQueueLaneModels::initTestCase()
{
    beginTestCase();
}

void tst_EventQueueLaneModels::init()
{
    beginTest();
}

void tst_EventQueueLaneModels::isCorrectInEveryExecution_data()
{
    addRows(laneModels());
}

void tst_EventQueueLaneModels::isCorrectInEveryExecution()
{
    searchAllExecutions();
}

void tst_EventQueueLaneModels::needsEveryOrderAndEveryExchange_data()
{
    addMutationRows(laneModels(), slotModels());
}

void tst_EventQueueLaneModels::needsEveryOrderAndEveryExchange()
{
    searchMutant(laneModels());
}

void tst_EventQueueLaneModels::findsMisuse_data()
{
    QTest::addColumn<std::function<Scenario()>>("make");

    QTest::newRow("sleeping without the fence")
            << std::function<Scenario()>(std::bind_front(aLaneSleeps, Misuse::SleepWithoutFence));
}

void tst_EventQueueLaneModels::findsMisuse()
{
    searchMisuse();
}

QTEST_APPLESS_MAIN(tst_EventQueueLaneModels)
#include "tst_eventqueue_lanemodels.moc"
