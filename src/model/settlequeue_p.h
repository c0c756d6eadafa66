// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/ratewindow_p.h"

#include <QHash>

#include <deque>
#include <vector>

namespace Recorders::Internal {

// The nodes that moved during the last window, by the time of their last move. To find those that
// came to rest costs as much as there are of these, not as there are nodes that move.
template <typename Node>
class SettleQueue
{
public:
    using Time = RateWindow::Time;

    bool isEmpty() const { return m_lastMoves.isEmpty(); }

    void move(Node *node, Time now)
    {
        Time &last = m_lastMoves[node];
        if (last == now)
            return;
        last = now;
        m_moves.push_back({ node, now });
    }

    void forget(Node *node) { m_lastMoves.remove(node); }

    void clear()
    {
        m_lastMoves.clear();
        m_moves.clear();
    }

    // Takes those that have not moved for a window. Entries of nodes that moved again later, or
    // are gone, are passed over: the hash knows better.
    std::vector<Node *> takeSettled(Time now)
    {
        std::vector<Node *> settled;
        while (!m_moves.empty() && m_moves.front().time <= now - RateWindow::length) {
            const Move move = m_moves.front();
            m_moves.pop_front();
            const auto last = m_lastMoves.constFind(move.node);
            if (last == m_lastMoves.cend() || *last != move.time)
                continue;
            settled.push_back(move.node);
            m_lastMoves.erase(last);
        }
        return settled;
    }

private:
    struct Move
    {
        Node *node;
        Time time;
    };

    QHash<Node *, Time> m_lastMoves;
    std::deque<Move> m_moves; // ascending in time
};

} // namespace Recorders::Internal
