// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/operationlist_p.h"

#include <iterator>

namespace Recorders::Internal {

namespace {

constexpr std::ptrdiff_t maxOperations = 3;

OperationList::Operations::iterator lastOf(OperationList::Operations &operations)
{
    auto last = operations.before_begin();
    while (std::next(last) != operations.end())
        ++last;
    return last;
}

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
    const auto last = lastOf(m_operations);
    if (last->kind == requested.kind) {
        last->take(requested);
        return true;
    }
    if (std::distance(m_operations.begin(), m_operations.end()) < maxOperations)
        return false;
    const auto second = std::next(m_operations.begin());
    second->take(requested);
    m_operations.front().take(*last);
    m_operations.erase_after(second);
    return true;
}

void OperationList::append(Operations &requested) noexcept
{
    m_operations.splice_after(lastOf(m_operations), requested);
}

void OperationList::moveFirstTo(Operations &done) noexcept
{
    done.splice_after(lastOf(done), m_operations, m_operations.before_begin());
}

} // namespace Recorders::Internal
