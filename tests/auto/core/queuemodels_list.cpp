// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// All models, each with how far it is searched.

#include "queuemodels.h"

#include <functional>

namespace Recorders::QueueModels {

using ModelSearch::Model;

const std::vector<Model> &slotModels()
{
    using std::bind_front;
    static const std::vector<Model> all{
        { "pool lends exclusively", poolLendsExclusively, { 2, 2 } },
        { "pool grows", poolGrows, { 3, 3 } },
        { "blocks are discarded",
          bind_front(discarding, 2, 0, std::vector<Step>{ borrowTwice, discardTwo }),
          { 3, 2 } },
        { "two threads discard blocks",
          bind_front(discarding, 4, 0, std::vector<Step>{ discardTwo, discardTwo }),
          { 2, 2 } },
        { "discarded blocks are used again",
          bind_front(discarding, 2, 2, std::vector<Step>{ borrowTwice, borrowTwice }),
          { 2, 2 } },
        { "blocks are discarded and used again",
          bind_front(discarding, 2, 1, std::vector<Step>{ borrowTwice, borrowTwice, discardTwo }),
          { 2, 1 } },
        { "consistent counts", countsAreConsistent, { 2, 3 } },
        { "counts keep the bound", countsKeepTheBound, { 2, 2 } },
        { "left over is published", leftOverIsPublished, { 2, 2 } },
        { "sleep and wake", bind_front(sleepAndWake, Misuse::None), { 2, 3 } },
        { "close and reopen", bind_front(closeAndReopen, Misuse::None), { 2, 2 } },
        { "room is granted", roomIsGranted, { 2, 2 } },
        { "keeping up with a producer", keepingUp, { 2, 2 } },
        { "limit is passed on", limitIsPassedOn, { 1, 1 } },
        { "blocks are passed on", blocksArePassedOn, { 2, 1 } },
        { "a first slot is passed on", aFirstSlotIsPassedOn, { 2, 1 } },
        { "a first slot is left over", aFirstSlotIsLeftOver, { 2, 2 } },
        { "a segment is passed on", aSegmentIsPassedOn, { 1, 1 } },
        { "a directory is passed on", aDirectoryIsPassedOn, { 1, 1 } },
        { "a directory is passed on to the other side",
          aDirectoryIsPassedOnToTheOtherSide,
          { 1, 1 } },
        { "an old directory is forgotten", anOldDirectoryIsForgotten, { 1, 1 } },
        { "an old directory is discarded",
          bind_front(anOldDirectoryIsDiscarded, std::size_t{ 0 }),
          { 2, 1 } },
        { "an old directory is discarded and serves another",
          bind_front(anOldDirectoryIsDiscarded, std::size_t{ 1 }),
          { 2, 1 } },
        { "a late segment is found", aLateSegmentIsFound, { 2, 2 } },
        { "free blocks are discarded", freeBlocksAreDiscarded, { 2, 1 } },
        { "a closed queue tells why", aClosedQueueTellsWhy, { 2, 2 } },
        { "wake-up", bind_front(wakeUp, Misuse::None), { 2, 1 } },
        { "bound of one", bind_front(laps, 1, 2, 2), { 2, 1 } },
        { "bound of two", bind_front(laps, 2, 2, 2), { 1, 2 } },
        { "two recorders share blocks", bind_front(twoRecorders, Misuse::None), { 2, 1 } },
    };
    return all;
}

const std::vector<Model> &laneModels()
{
    using std::bind_front;
    static const std::vector<Model> all{
        { "a stranger comes", bind_front(aStrangerComes, 1), { 2, 2 } },
        { "a stranger meets the owner", aStrangerMeetsTheOwner, { 2, 1 } },
        { "two strangers come", bind_front(aStrangerComes, 2), { 2, 1 } },
        { "a lane sleeps", bind_front(aLaneSleeps, Misuse::None), { 2, 2 } },
        { "a lane is closed", aLaneIsClosed, { 2, 2 } },
        { "a lane keeps the bound", aLaneKeepsTheBound, { 2, 2 } },
        { "a lane keeps the order", aLaneKeepsTheOrder, { 2, 2 } },
        { "a lane reuses its memory", aLaneReusesItsMemory, { 2, 2 } },
        { "a lane changes hands", aLaneChangesHands, { 1, 1 } },
        { "a lane is left over", aLaneIsLeftOver, { 2, 2 } },
        { "a lane is granted again", bind_front(aLaneIsGrantedAgain, false), { 2, 1 } },
        { "a lane is granted again at once", bind_front(aLaneIsGrantedAgain, true), { 2, 1 } },
        { "a lane is closed while a stranger comes", aLaneIsClosedWhileAStrangerComes, { 2, 1 } },
        { "a lane sleeps while a stranger comes", aLaneSleepsWhileAStrangerComes, { 2, 1 } },
        { "a lane is counted", aLaneIsCounted, { 2, 1 } },
        { "a ticket is not foretold", aTicketIsNotForetold, { 2, 1 } },
        { "a lane nests", aLaneNests, { 2, 1 } },
        { "a lane is taken from all sides", aLaneIsTakenFromAllSides, { 2, 0 } },
        { "a left over lane goes on", aLeftOverLaneGoesOn, { 2, 1 } },
        { "lanes share blocks", lanesShareBlocks, { 2, 1 } },
        { "lanes are discarded", lanesAreDiscarded, { 2, 2 } },
    };
    return all;
}

} // namespace Recorders::QueueModels
