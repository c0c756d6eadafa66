// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/producers.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What events carry arrives whole, and lives on where a metric keeps it.
class tst_Payloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // arriving
    void arriveWhole_data();
    void arriveWhole();
    void arriveWholeWhereverTheyLie();
    void arriveWholeFromManyThreads();
    void mayRegisterEventsWhileTheyAreMoved();

    // kept by a metric
    void liveOnInACopyOfTheEvent_data();
    void liveOnInACopyOfTheEvent();
    void liveOnInWhatTheyShare();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
    std::shared_ptr<Recorder> m_recorder;
};

namespace {

// Bytes that tell whether they are all there: each differs from its neighbours, and from those of
// another number.
void fill(unsigned char *bytes, std::size_t size, quint32 number) noexcept
{
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<unsigned char>(i * 31 + (i >> 8) + number * 7);
}

bool isFilled(const unsigned char *bytes, std::size_t size, quint32 number) noexcept
{
    for (std::size_t i = 0; i < size; ++i) {
        if (bytes[i] != static_cast<unsigned char>(i * 31 + (i >> 8) + number * 7))
            return false;
    }
    return true;
}

template <std::size_t size, std::size_t alignment = 1>
struct alignas(alignment) Sized
{
    static Sized made(quint32 number)
    {
        Sized result;
        fill(result.bytes, size, number);
        return result;
    }
    bool isWhole(quint32 number) const { return isFilled(bytes, size, number); }

    unsigned char bytes[size];
};

struct Empty
{
    static Empty made(quint32) { return {}; }
    bool isWhole(quint32) const { return true; }
};

// Can only be moved, and is not small.
struct MoveOnly
{
    static MoveOnly made(quint32 number)
    {
        MoveOnly result{ std::make_unique<quint32>(number), {} };
        fill(result.more.data(), result.more.size(), number);
        return result;
    }
    bool isWhole(quint32 number) const
    {
        return value && *value == number && isFilled(more.data(), more.size(), number);
    }

    std::unique_ptr<quint32> value;
    std::array<unsigned char, 100> more;
};

struct SmallMoveOnly
{
    static SmallMoveOnly made(quint32 number) { return { std::make_unique<quint32>(number) }; }
    bool isWhole(quint32 number) const { return value && *value == number; }

    std::unique_ptr<quint32> value;
};

class Shape
{
public:
    virtual ~Shape() = default;
    virtual quint32 number() const = 0;
};

class Circle : public Shape
{
public:
    explicit Circle(quint32 number)
        : m_number(number)
    {
    }
    quint32 number() const override { return m_number; }

private:
    const quint32 m_number;
};

struct Drawn
{
    static Drawn made(quint32 number) { return { std::make_shared<Circle>(number) }; }
    bool isWhole(quint32 number) const
    {
        return dynamic_cast<const Circle *>(shape.get()) && shape->number() == number;
    }

    std::shared_ptr<const Shape> shape;
};

struct Texts
{
    static Texts made(quint32 number)
    {
        return { QString::number(number), QByteArray(1000, char(number)) };
    }
    bool isWhole(quint32 number) const
    {
        return text == QString::number(number) && bytes == QByteArray(1000, char(number));
    }

    QString text;
    QByteArray bytes;
};

// Expects events with the numbers 0, 1, 2, and so on, and notes those that are not as they were.
template <typename Event>
class Inspector : public TypedMetric<Event>
{
public:
    explicit Inspector(const QString &name = QStringLiteral("inspector"))
        : TypedMetric<Event>(name)
    {
    }

    bool handle(const Event &event) override
    {
        const bool isAligned = reinterpret_cast<quintptr>(&event) % alignof(Event) == 0;
        m_broken += isAligned && event.isWhole(m_count) ? 0 : 1;
        ++m_count;
        return true;
    }

    MetricSnapshot snapshot() const override
    {
        return MetricSnapshot(this->name())
                .add(QStringLiteral("count"), m_count)
                .add(QStringLiteral("broken"), m_broken);
    }

private:
    quint32 m_count = 0;
    int m_broken = 0;
};

} // namespace

void tst_Payloads::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
    m_recorder = m_runtime->createRecorder(QStringLiteral("clock"),
                                           optionsFor(10'000, OverflowPolicy::Block));
    QVERIFY(m_recorder);
}

void tst_Payloads::cleanup()
{
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*m_recorder);
    m_recorder.reset();
    m_runtime.reset();
}

using Send = void (*)(Recorder &, int);

template <typename Event>
static void send(Recorder &recorder, int count)
{
    recorder.registerMetric(std::make_unique<Inspector<Event>>());
    for (int number = 0; number < count; ++number) {
        const auto event = std::make_unique<Event>(Event::made(quint32(number)));
        if constexpr (std::is_copy_constructible_v<Event>) {
            if (number % 2 == 0) {
                QCOMPARE(recorder.registerEvent(*event), RegisterResult::Accepted);
                continue;
            }
        }
        QCOMPARE(recorder.registerEvent(std::move(*event)), RegisterResult::Accepted);
    }
}

// Too large for a stack, and for a look at each byte by itself.
struct Huge
{
    using Page = std::array<unsigned char, 4096>;

    Huge()
    {
        for (std::size_t i = 0; i < pages.size(); ++i)
            pages[i] = pageOf(i);
    }
    bool isWhole(quint32) const
    {
        for (std::size_t i = 0; i < pages.size(); ++i) {
            if (pages[i] != pageOf(i))
                return false;
        }
        return true;
    }
    static Page pageOf(std::size_t number)
    {
        Page page;
        page.fill(static_cast<unsigned char>(number * 31 + (number >> 8)));
        return page;
    }

    std::array<Page, 64 * 1024 * 1024 / sizeof(Page)> pages;
};

static void sendHuge(Recorder &recorder, int)
{
    recorder.registerMetric(std::make_unique<Inspector<Huge>>());
    const auto huge = std::make_unique<Huge>();
    QCOMPARE(recorder.registerEvent(*huge), RegisterResult::Accepted);
}

void tst_Payloads::arriveWhole_data()
{
    QTest::addColumn<Send>("send");
    QTest::addColumn<int>("count");

    QTest::newRow("empty") << &send<Empty> << 200;
    QTest::newRow("1 B") << &send<Sized<1>> << 200;
    QTest::newRow("48 B, the last in place") << &send<Sized<48>> << 200;
    QTest::newRow("49 B") << &send<Sized<49>> << 200;
    QTest::newRow("64 B") << &send<Sized<64>> << 200;
    QTest::newRow("512 B, the last in a record") << &send<Sized<512>> << 200;
    QTest::newRow("513 B") << &send<Sized<513>> << 200;
    QTest::newRow("200 B, aligned to 8") << &send<Sized<200, 8>> << 200;
    QTest::newRow("4 KiB") << &send<Sized<4096>> << 200;
    QTest::newRow("1 MiB") << &send<Sized<1024 * 1024>> << 4;
    QTest::newRow("64 MiB") << &sendHuge << 1;
    QTest::newRow("16 B, aligned to as much") << &send<Sized<16, 16>> << 200;
    QTest::newRow("32 B, aligned to as much") << &send<Sized<32, 32>> << 200;
    QTest::newRow("64 B, aligned to as much") << &send<Sized<64, 64>> << 200;
    QTest::newRow("128 B, aligned to as much") << &send<Sized<128, 128>> << 200;
    QTest::newRow("4 KiB, aligned to as much") << &send<Sized<4096, 4096>> << 20;
    QTest::newRow("a small one that can only be moved") << &send<SmallMoveOnly> << 200;
    QTest::newRow("a large one that can only be moved") << &send<MoveOnly> << 200;
    QTest::newRow("shared, of a derived class") << &send<Drawn> << 200;
    QTest::newRow("texts") << &send<Texts> << 200;
}

void tst_Payloads::arriveWhole()
{
    QFETCH(const Send, send);
    QFETCH(const int, count);

    send(*m_recorder, count);

    const QList<MetricSnapshot> snapshots = m_recorder->metricSnapshots();
    QCOMPARE(valueOf(snapshots, QStringLiteral("inspector"), u"count"), count);
    QCOMPARE(valueOf(snapshots, QStringLiteral("inspector"), u"broken"), 0);
}

// Those that are aligned begin at another distance from their records each time, also where the thread
// had to see first how much was handled.
void tst_Payloads::arriveWholeWhereverTheyLie()
{
    using Aligned = Sized<16, 16>;
    using Other = Sized<16, 8>;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("small"),
                                                    optionsFor(100, OverflowPolicy::Block));
    recorder->registerMetric(std::make_unique<Inspector<Aligned>>(QStringLiteral("aligned")));
    recorder->registerMetric(std::make_unique<Inspector<Other>>(QStringLiteral("other")));

    const int count = scaled(5000);
    for (int number = 0; number < count; ++number) {
        recorder->registerEvent(Other::made(quint32(number)));
        recorder->registerEvent(Aligned::made(quint32(2 * number)));
        recorder->registerEvent(Aligned::made(quint32(2 * number + 1)));
    }

    const QList<MetricSnapshot> snapshots = recorder->metricSnapshots();
    QCOMPARE(valueOf(snapshots, QStringLiteral("aligned"), u"count"), 2 * count);
    QCOMPARE(valueOf(snapshots, QStringLiteral("aligned"), u"broken"), 0);
    QCOMPARE(valueOf(snapshots, QStringLiteral("other"), u"count"), count);
    QCOMPARE(valueOf(snapshots, QStringLiteral("other"), u"broken"), 0);
}

void tst_Payloads::arriveWholeFromManyThreads()
{
    struct Page : Sized<4096>
    {
        quint32 number;
    };
    const int count = scaled(500);
    const auto broken = std::make_shared<std::atomic<int>>(0);
    m_recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("inspector"), [broken](const MetricEvent &event) {
                const auto *page = event.as<Page>();
                *broken += page && page->isWhole(page->number) ? 0 : 1;
            }));

    std::vector<std::thread> threads;
    for (quint32 id = 0; id < 4; ++id) {
        threads.emplace_back([this, id, count] {
            for (quint32 n = 0; n < quint32(count); ++n)
                m_recorder->registerEvent(Page{ Page::made(id * 1000 + n), id * 1000 + n });
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_recorder->statistics().handled, quint64(4 * count));
    QCOMPARE(broken->load(), 0);
}

// Registers another event while it is moved to where it waits.
struct Talkative
{
    explicit Talkative(Recorder &recorder)
        : target(&recorder)
    {
    }
    Talkative(Talkative &&other) noexcept
        : target(std::exchange(other.target, nullptr))
    {
        target->registerEvent(Tick{ 1 });
    }
    Talkative(const Talkative &) = delete;
    Talkative &operator=(const Talkative &) = delete;
    Talkative &operator=(Talkative &&) = delete;
    ~Talkative() = default;

    Recorder *target;
};

// Both count, and the outer one, which was registered first, is handled first.
void tst_Payloads::mayRegisterEventsWhileTheyAreMoved()
{
    int outer = 0;
    int inner = 0;
    int overtaken = 0;
    m_recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("both"), [&](const MetricEvent &event) {
                outer += event.is<Talkative>();
                inner += event.is<Tick>();
                overtaken += inner > outer;
            }));

    for (int i = 0; i < 300; ++i)
        QCOMPARE(m_recorder->registerEvent(Talkative(*m_recorder)), RegisterResult::Accepted);

    QVERIFY(m_recorder->flush());
    QCOMPARE(outer, 300);
    QCOMPARE(inner, 300);
    QCOMPARE(overtaken, 0);
}

// Registers an event, of which a metric keeps a copy, and tells whether the copy is whole still
// when many others have taken the place of the event.
using Keep = bool (*)(Recorder &);

template <typename Event>
static bool keepsACopy(Recorder &recorder)
{
    const auto kept = std::make_shared<MetricEvent>();
    recorder.registerMetric(std::make_unique<ActingMetric>(QStringLiteral("keeper"),
                                                           [kept](const MetricEvent &event) {
                                                               if (kept->isNull())
                                                                   *kept = event;
                                                           }));
    for (quint32 number = 42; number < 1000; ++number)
        recorder.registerEvent(Event::made(number));
    if (!recorder.flush() || !recorder.removeMetric(QStringLiteral("keeper")))
        return false;
    const auto *event = kept->as<Event>();
    return event && event->isWhole(42);
}

void tst_Payloads::liveOnInACopyOfTheEvent_data()
{
    QTest::addColumn<Keep>("keepsACopy");

    QTest::newRow("in place") << &keepsACopy<Sized<16>>;
    QTest::newRow("boxed") << &keepsACopy<Sized<4096>>;
    QTest::newRow("boxed, over-aligned") << &keepsACopy<Sized<64, 64>>;
    QTest::newRow("shared, of a derived class") << &keepsACopy<Drawn>;
    QTest::newRow("texts") << &keepsACopy<Texts>;
}

void tst_Payloads::liveOnInACopyOfTheEvent()
{
    QFETCH(const Keep, keepsACopy);

    QVERIFY(keepsACopy(*m_recorder));
}

void tst_Payloads::liveOnInWhatTheyShare()
{
    const auto kept = std::make_shared<std::pair<Drawn, Texts>>();
    m_recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("keeper"), [kept](const MetricEvent &event) {
                if (const auto *drawn = event.as<Drawn>())
                    kept->first = *drawn;
                else if (const auto *texts = event.as<Texts>())
                    kept->second = *texts;
            }));

    m_recorder->registerEvent(Drawn::made(7));
    m_recorder->registerEvent(Texts::made(8));
    for (quint32 number = 0; number < 200; ++number)
        m_recorder->registerEvent(Sized<48>::made(number));
    QVERIFY(m_recorder->flush());

    QVERIFY(kept->first.isWhole(7));
    QCOMPARE(kept->first.shape.use_count(), 1L); // the event's own has gone
    QVERIFY(kept->second.isWhole(8));
    QVERIFY(m_recorder->removeMetric(QStringLiteral("keeper")));
}

QTEST_GUILESS_MAIN(tst_Payloads)
#include "tst_payloads.moc"
