// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/activeclients_p.h"

#include <QTest>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

using namespace Recorders::Internal;
using namespace std::chrono_literals;

namespace {

constexpr auto quietTime = 250ms;

// Has as many events as it is given. It can become idle, but for an event that is claimed.
class FakeClient final : public DispatchClient
{
public:
    std::shared_ptr<DispatchClient> share() override { return nullptr; }
    std::size_t drain(std::size_t, Clock::time_point) override { return std::exchange(events, 0); }
    bool prepareIdle() noexcept override
    {
        wasPrepared = true;
        return false;
    }
    bool tryIdle() noexcept override
    {
        isIdle = !isClaimed;
        return isIdle;
    }
    bool awaitsPublication() noexcept override { return isClaimed; }
    double quarterOfQueue() const noexcept override { return 100; }
    bool canProgress() const noexcept override { return true; }
    bool advance() override { return true; }
    void stopLater() override { }
    bool isInCall() const noexcept override { return false; }
    bool isEntered() const noexcept override { return false; }
    bool isBeingMade() const noexcept override { return false; }
    bool isServedBy(const Dispatcher &) const override { return true; }
    quint64 handled() const noexcept override { return 0; }
    std::size_t callCount() const noexcept override { return 0; }
    QString callUnderWay() const override { return {}; }
    void abandon() noexcept override { }

    std::size_t events = 0;
    bool isClaimed = false;
    bool isIdle = true;
    bool wasPrepared = false;
};

} // namespace

// Which clients stay active when they fall silent, and for how long. No time passes here.
class tst_ActiveClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keepsASilentClientForTheQuietTime();
    void countsTheQuietTimeOfEachClient();
    void runsNoFenceForAClientThatItKeeps();
    void keepsNoneThatHandledNothing();
    void keepsNoneOfMany();
    void forgetsAClientThatItKeeps();
    void takesAClientAgainThatBecameIdle();
    void looksAgainAtOnceForAnEventThatIsClaimed();

private:
    void addEvents(FakeClient &client, std::size_t count = 1);
    TurnProgress turnAfter(std::chrono::milliseconds time);

    std::unique_ptr<ActiveClients> m_active;
    Clock::time_point m_now{};
};

void tst_ActiveClients::init()
{
    m_active = std::make_unique<ActiveClients>(quietTime);
    m_now = Clock::now() + 1h;
}

void tst_ActiveClients::addEvents(FakeClient &client, std::size_t count)
{
    client.events += count;
    if (std::exchange(client.isIdle, false))
        m_active->push(client);
}

TurnProgress tst_ActiveClients::turnAfter(std::chrono::milliseconds time)
{
    m_now += time;
    m_active->collect();
    return m_active->drain(m_now, Clock::time_point::max());
}

void tst_ActiveClients::keepsASilentClientForTheQuietTime()
{
    FakeClient client;
    addEvents(client);
    QCOMPARE(turnAfter(0ms).handled, std::size_t{ 1 });

    turnAfter(quietTime - 1ms);
    QVERIFY(!client.isIdle);
    QVERIFY(!m_active->isEmpty());
    addEvents(client);
    QCOMPARE(turnAfter(0ms).handled, std::size_t{ 1 });

    turnAfter(quietTime - 1ms);
    QVERIFY(!client.isIdle);
    turnAfter(1ms);
    QVERIFY(client.isIdle);
    QVERIFY(m_active->isEmpty());
}

void tst_ActiveClients::countsTheQuietTimeOfEachClient()
{
    FakeClient silent;
    FakeClient busy;
    addEvents(silent);
    addEvents(busy);
    turnAfter(0ms);
    addEvents(busy);
    turnAfter(quietTime - 1ms);
    QVERIFY(!silent.isIdle);

    turnAfter(1ms);

    QVERIFY(silent.isIdle);
    QVERIFY(!busy.isIdle);
}

// It would interrupt the threads of the process, turn by turn.
void tst_ActiveClients::runsNoFenceForAClientThatItKeeps()
{
    FakeClient client;
    addEvents(client);
    turnAfter(0ms);

    turnAfter(1ms);
    QVERIFY(!client.wasPrepared);
    turnAfter(quietTime);
    QVERIFY(client.wasPrepared);
}

void tst_ActiveClients::keepsNoneThatHandledNothing()
{
    FakeClient client;
    addEvents(client, 0);

    turnAfter(0ms);

    QVERIFY(client.isIdle);
}

// A turn would have to look at each of them.
void tst_ActiveClients::keepsNoneOfMany()
{
    std::vector<FakeClient> clients(100);
    for (FakeClient &client : clients)
        addEvents(client);
    QCOMPARE(turnAfter(0ms).handled, clients.size());

    turnAfter(1ms);

    QVERIFY(std::all_of(clients.begin(), clients.end(), std::mem_fn(&FakeClient::isIdle)));
    QVERIFY(m_active->isEmpty());
}

void tst_ActiveClients::forgetsAClientThatItKeeps()
{
    FakeClient other;
    addEvents(other);
    {
        FakeClient client;
        addEvents(client);
        turnAfter(0ms);
        m_active->forget(client);
    }
    addEvents(other);

    QCOMPARE(turnAfter(1ms).handled, std::size_t{ 1 });
    turnAfter(quietTime);
    QVERIFY(m_active->isEmpty());
}

void tst_ActiveClients::takesAClientAgainThatBecameIdle()
{
    FakeClient client;
    addEvents(client);
    turnAfter(0ms);
    turnAfter(quietTime);
    QVERIFY(client.isIdle);

    addEvents(client, 3);

    QCOMPARE(turnAfter(1ms).handled, std::size_t{ 3 });
}

void tst_ActiveClients::looksAgainAtOnceForAnEventThatIsClaimed()
{
    FakeClient client;
    addEvents(client);
    QVERIFY(!turnAfter(0ms).isCut);
    QVERIFY(!turnAfter(1ms).isCut);

    client.isClaimed = true;

    QVERIFY(turnAfter(1ms).isCut); // while it is kept,
    QVERIFY(turnAfter(quietTime).isCut); // and when it cannot go
}

QTEST_APPLESS_MAIN(tst_ActiveClients)
#include "tst_activeclients.moc"
