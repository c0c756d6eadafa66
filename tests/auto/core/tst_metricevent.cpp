// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "hiddenlibrary.h"
#include "shared/allocationcounter.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/metricevent.h>

#include <QTest>

#include <array>
#include <memory>
#include <stdexcept>

using namespace Recorders;
using namespace Testing;

namespace {

struct Nameless
{
    int value = 0;
};

struct Foreign
{
    int value = 0;
};

struct Empty
{
};

template <std::size_t size>
struct Block
{
    std::array<unsigned char, size> bytes{};
};

template <std::size_t alignment>
struct alignas(alignment) Aligned
{
    int value = 0;
};

// Counts its living instances.
struct Counted
{
    static inline int alive = 0;

    Counted() { ++alive; }
    Counted(const Counted &) { ++alive; }
    Counted(Counted &&) noexcept { ++alive; }
    ~Counted() { --alive; }
    Counted &operator=(const Counted &) = default;
    Counted &operator=(Counted &&) noexcept = default;
};

struct LargeCounted : Counted
{
    std::array<int, 64> more{};
};

struct ThrowingCopy : Counted
{
    ThrowingCopy() = default;
    ThrowingCopy(const ThrowingCopy &other)
        : Counted(other)
    {
        throw std::runtime_error("no copy");
    }
    ThrowingCopy(ThrowingCopy &&) noexcept = default;
};

struct MoveOnly
{
    std::unique_ptr<int> value;
};

} // namespace

template <>
struct Recorders::EventTraits<Foreign>
{
    static constexpr char eventType[] = "test.foreign";
};

class MetricEventEmitter : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void happened(const Recorders::MetricEvent &event);
};

class tst_MetricEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // its type
    void isNamedByItsMember();
    void isNamedByItsTraits();
    void isNamedByItsCppTypeOtherwise();
    void hasNoTypeWhenNull();
    void isOfItsOwnTypeOnly();
    void isTheSameTypeInAHiddenLibrary();

    // its payload
    void givesThePayload();
    void keepsAnEmptyPayload();
    void keepsTheAlignment();
    void keepsAMoveOnlyPayload();
    void allocatesForLargePayloadsOnly_data();
    void allocatesForLargePayloadsOnly();

    // copies and moves
    void copiesThePayload();
    void movesThePayload();
    void survivesSelfAssignment();
    void isNullAsACopyOfAMoveOnlyPayload();
    void destroysEveryPayloadOnce_data();
    void destroysEveryPayloadOnce();
    void leaksNothingWhenACopyThrows();

    // in Qt
    void isAMetatype();
    void travelsThroughAQueuedSignal();
};

void tst_MetricEvent::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricEvent::isNamedByItsMember()
{
    const MetricEvent event(Tick{ 1 });

    QCOMPARE(event.type(), QLatin1StringView("test.tick"));
}

void tst_MetricEvent::isNamedByItsTraits()
{
    const MetricEvent event(Foreign{ 1 });

    QCOMPARE(event.type(), QLatin1StringView("test.foreign"));
}

void tst_MetricEvent::isNamedByItsCppTypeOtherwise()
{
    const MetricEvent event(Nameless{ 1 });

    QVERIFY2(event.type().contains(QLatin1StringView("Nameless")), event.type().data());
}

void tst_MetricEvent::hasNoTypeWhenNull()
{
    const MetricEvent event{};

    QVERIFY(event.isNull());
    QVERIFY(event.type().isEmpty());
    QVERIFY(!event.is<Tick>());
    QVERIFY(!event.as<Tick>());
}

void tst_MetricEvent::isOfItsOwnTypeOnly()
{
    const MetricEvent event(Tick{ 1 });

    QVERIFY(event.is<Tick>());
    QVERIFY(!event.is<Tock>());
    QVERIFY(!event.as<Tock>());
}

void tst_MetricEvent::isTheSameTypeInAHiddenLibrary()
{
    const MetricEvent event = eventOfHiddenLibrary(42);

    QVERIFY(event.is<LibraryEvent>());
    QCOMPARE(event.as<LibraryEvent>()->value, 42);
    QCOMPARE(valueInHiddenLibrary(MetricEvent(LibraryEvent{ 43 })), 43);
}

void tst_MetricEvent::givesThePayload()
{
    const Tick tick{ 42 };
    const MetricEvent event(tick);

    QVERIFY(event.as<Tick>());
    QCOMPARE(event.as<Tick>()->value, 42);
}

void tst_MetricEvent::keepsAnEmptyPayload()
{
    const MetricEvent event(Empty{});

    QVERIFY(!event.isNull());
    QVERIFY(event.is<Empty>());
    QVERIFY(event.as<Empty>());
}

void tst_MetricEvent::keepsTheAlignment()
{
    const MetricEvent natural(Aligned<16>{});
    const MetricEvent over(Aligned<64>{});
    const MetricEvent copyOfOver(over);

    const auto addressOf = [](const void *payload) {
        return reinterpret_cast<quintptr>(payload);
    };
    QCOMPARE(addressOf(natural.as<Aligned<16>>()) % 16, quintptr(0));
    QCOMPARE(addressOf(over.as<Aligned<64>>()) % 64, quintptr(0));
    QCOMPARE(addressOf(copyOfOver.as<Aligned<64>>()) % 64, quintptr(0));
}

void tst_MetricEvent::keepsAMoveOnlyPayload()
{
    MetricEvent event(MoveOnly{ std::make_unique<int>(42) });

    const MetricEvent moved(std::move(event));

    QVERIFY(moved.as<MoveOnly>());
    QCOMPARE(*moved.as<MoveOnly>()->value, 42);
}

using AllocationCount = int (*)();

template <typename Payload>
int allocationsFor()
{
    const AllocationCounter counter;
    MetricEvent event{ Payload{} };
    const MetricEvent moved(std::move(event));
    return counter.count();
}

void tst_MetricEvent::allocatesForLargePayloadsOnly_data()
{
    QTest::addColumn<AllocationCount>("allocations");
    QTest::addColumn<int>("expected");

    QTest::newRow("one byte") << &allocationsFor<Block<1>> << 0;
    QTest::newRow("just in place") << &allocationsFor<Block<48>> << 0;
    QTest::newRow("one byte too large") << &allocationsFor<Block<49>> << 1;
    QTest::newRow("large") << &allocationsFor<Block<4096>> << 1;
    QTest::newRow("aligned like the storage") << &allocationsFor<Aligned<16>> << 0;
    QTest::newRow("over-aligned") << &allocationsFor<Aligned<64>> << 1;
}

void tst_MetricEvent::allocatesForLargePayloadsOnly()
{
    QFETCH(const AllocationCount, allocations);
    QFETCH(const int, expected);

    QCOMPARE(allocations(), expected);
}

void tst_MetricEvent::copiesThePayload()
{
    const MetricEvent event(std::make_shared<int>(42));

    const MetricEvent copy(event);
    MetricEvent assigned(Tick{ 1 });
    assigned = event;

    const auto *original = event.as<std::shared_ptr<int>>();
    QCOMPARE(original->use_count(), 3L);
    QCOMPARE(copy.as<std::shared_ptr<int>>()->get(), original->get());
    QCOMPARE(assigned.as<std::shared_ptr<int>>()->get(), original->get());
}

void tst_MetricEvent::movesThePayload()
{
    const auto value = std::make_shared<int>(42);
    MetricEvent event(value);

    MetricEvent moved(std::move(event));
    MetricEvent assigned(Tick{ 1 });
    assigned = std::move(moved);

    QCOMPARE(value.use_count(), 2L);
    QCOMPARE(assigned.as<std::shared_ptr<int>>()->get(), value.get());
}

void tst_MetricEvent::survivesSelfAssignment()
{
    MetricEvent event(std::make_shared<int>(42));
    const MetricEvent &same = event;

    event = same;

    QCOMPARE(event.as<std::shared_ptr<int>>()->use_count(), 1L);
    QCOMPARE(**event.as<std::shared_ptr<int>>(), 42);
}

void tst_MetricEvent::isNullAsACopyOfAMoveOnlyPayload()
{
    const MetricEvent event(MoveOnly{ std::make_unique<int>(42) });

    const MetricEvent copy(event);

    QVERIFY(copy.isNull());
    QVERIFY(event.as<MoveOnly>()->value);
}

using Churn = void (*)();

template <typename Payload>
void copyAndMoveEvents()
{
    MetricEvent event{ Payload{} };
    MetricEvent copy(event);
    MetricEvent moved(std::move(copy));
    MetricEvent assigned(Tick{ 1 });
    assigned = moved;
    assigned = std::move(moved);
    event = MetricEvent(Payload{});
    event = MetricEvent();
}

void tst_MetricEvent::destroysEveryPayloadOnce_data()
{
    QTest::addColumn<Churn>("churn");

    QTest::newRow("in place") << &copyAndMoveEvents<Counted>;
    QTest::newRow("boxed") << &copyAndMoveEvents<LargeCounted>;
}

void tst_MetricEvent::destroysEveryPayloadOnce()
{
    QFETCH(const Churn, churn);
    const int before = Counted::alive;

    churn();

    QCOMPARE(Counted::alive, before);
}

void tst_MetricEvent::leaksNothingWhenACopyThrows()
{
    const int before = Counted::alive;
    const MetricEvent event(ThrowingCopy{});
    bool isCaught = false;

    try {
        const MetricEvent copy(event);
    } catch (const std::runtime_error &) {
        isCaught = true;
    }

    QVERIFY(isCaught);
    QVERIFY(event.is<ThrowingCopy>());
    QCOMPARE(Counted::alive, before + 1);
}

void tst_MetricEvent::isAMetatype()
{
    const QVariant variant = QVariant::fromValue(MetricEvent(Tick{ 42 }));

    const auto event = variant.value<MetricEvent>();

    QCOMPARE(event.as<Tick>()->value, 42);
    QVERIFY(QMetaType::fromName("Recorders::MetricEvent").isValid());
}

void tst_MetricEvent::travelsThroughAQueuedSignal()
{
    MetricEventEmitter emitter;
    Hosted<QObject> receiver;
    TickLog log;
    connect(&emitter, &MetricEventEmitter::happened, receiver.get(),
            [&log](const MetricEvent &event) { log.append(event.as<Tick>()->value); });

    Q_EMIT emitter.happened(MetricEvent(Tick{ 42 }));

    QTRY_COMPARE(log.entries(), QList<int>{ 42 });
}

QTEST_GUILESS_MAIN(tst_MetricEvent)
#include "tst_metricevent.moc"
