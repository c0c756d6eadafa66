// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/operationlist_p.h"

#include <QTest>

#include <memory>

using namespace Recorders;
using namespace Recorders::Internal;
using Kind = Operation::Kind;
using Reply = Operation::Reply;

// The starts and stops of a recorder that were asked for, and have not ended.
class tst_OperationList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsNothingWhenEmpty();
    void joinsTheLastOneOfItsKind();
    void joinsNothingOfTheOtherKind();
    void hasThreeAtMost();
    void answersAllThatHaveJoined();
    void answersAFourthCallerWhenTheSecondIsDone();
};

namespace {

// What a recorder does with an operation that is asked for.
Reply request(OperationList &list, Kind kind)
{
    auto reply = std::make_shared<OperationReply>();
    OperationList::Operations requested = OperationList::make(kind, reply);
    if (!list.join(requested.front()))
        list.append(requested);
    return reply;
}

// Ends the first one; returns which kind that was.
Kind finishFirst(OperationList &list)
{
    OperationList::Operations done;
    list.moveFirstTo(done);
    done.front().finish();
    return done.front().kind;
}

} // namespace

void tst_OperationList::joinsNothingWhenEmpty()
{
    OperationList list;
    OperationList::Operations requested =
            OperationList::make(Kind::Start, std::make_shared<OperationReply>());

    QVERIFY(!list.join(requested.front()));
    QVERIFY(list.isEmpty());
}

void tst_OperationList::joinsTheLastOneOfItsKind()
{
    OperationList list;
    const Reply first = request(list, Kind::Stop);
    const Reply second = request(list, Kind::Stop);

    finishFirst(list);

    QVERIFY(list.isEmpty());
    QVERIFY(first->isFinished());
    QVERIFY(second->isFinished());
}

void tst_OperationList::joinsNothingOfTheOtherKind()
{
    OperationList list;
    const Reply stop = request(list, Kind::Stop);
    const Reply start = request(list, Kind::Start);

    QCOMPARE(finishFirst(list), Kind::Stop);
    QVERIFY(stop->isFinished());
    QVERIFY(!start->isFinished());
    QCOMPARE(finishFirst(list), Kind::Start);
}

void tst_OperationList::hasThreeAtMost()
{
    OperationList list;
    for (int i = 0; i < 10; ++i) {
        request(list, Kind::Start);
        request(list, Kind::Stop);
    }

    int count = 0;
    for (; !list.isEmpty(); ++count)
        finishFirst(list);

    QCOMPARE_LE(count, 3);
}

void tst_OperationList::answersAllThatHaveJoined()
{
    OperationList list;
    QList<Reply> replies;
    for (int i = 0; i < 10; ++i) {
        replies.append(request(list, Kind::Start));
        replies.append(request(list, Kind::Stop));
    }

    while (!list.isEmpty())
        finishFirst(list);

    for (const Reply &reply : replies)
        QVERIFY(reply->isFinished());
}

// Of start, stop and start the last has not begun: what it does the first one does, and the stop
// that is asked for now joins the one before it.
void tst_OperationList::answersAFourthCallerWhenTheSecondIsDone()
{
    OperationList list;
    const Reply start = request(list, Kind::Start);
    const Reply stop = request(list, Kind::Stop);
    const Reply again = request(list, Kind::Start);
    const Reply last = request(list, Kind::Stop);

    QCOMPARE(finishFirst(list), Kind::Start);
    QVERIFY(start->isFinished());
    QVERIFY(again->isFinished());
    QVERIFY(!last->isFinished());
    QCOMPARE(finishFirst(list), Kind::Stop);
    QVERIFY(stop->isFinished());
    QVERIFY(last->isFinished());
    QVERIFY(list.isEmpty());
}

QTEST_GUILESS_MAIN(tst_OperationList)
#include "tst_operationlist.moc"
