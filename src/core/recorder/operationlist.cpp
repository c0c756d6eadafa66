// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/operationlist_p.h"

#include <iterator>

namespace Recorders::Internal {

namespace {

constexpr std::size_t maxOperations = 3;

} // namespace

void Operation::take(Operation &other)
{
    replies.insert(replies.end(), std::make_move_iterator(other.replies.begin()),
                   std::make_move_iterator(other.replies.end()));
    other.replies.clear();
}

void Operation::finish()
{
    for (const Reply &reply : replies)
        reply->finish(outcome);
}

OperationList::Operations OperationList::make(Operation::Kind kind, const Operation::Reply &reply)
{
    Operations made(1);
    made.front().kind = kind;
    made.front().replies.push_back(reply);
    return made;
}

/*
    This bounds the list, whatever threads ask for without waiting: of start, stop and start, of
    which the first is under way, the last has not begun and is to be followed by another stop. So
    it joins the first, which does what it asks for, and the caller joins the second, which has not
    begun either and becomes the last one.
*/
bool OperationList::join(Operation &requested)
{
    if (m_operations.empty())
        return false;
    const auto last = std::prev(m_operations.end());
    if (last->kind == requested.kind) {
        last->take(requested);
        return true;
    }
    if (m_operations.size() < maxOperations)
        return false;
    std::prev(last)->take(requested);
    m_operations.front().take(*last);
    m_operations.erase(last);
    return true;
}

void OperationList::append(Operations &requested) noexcept
{
    m_operations.splice(m_operations.end(), requested);
}

void OperationList::moveFirstTo(Operations &done) noexcept
{
    done.splice(done.end(), m_operations, m_operations.begin());
}

} // namespace Recorders::Internal
