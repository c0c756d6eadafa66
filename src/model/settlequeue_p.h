// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/prefetch_p.h"
#include "model/ratewindow_p.h"

#include <QtGlobal>

#include <deque>
#include <utility>
#include <vector>

namespace Recorders::Internal {

// The nodes that moved during the last window, by the time of their last move. To find those that
// came to rest costs as much as there are of these, not as there are nodes that move. Each node
// remembers its place in the queue, settlePlace, so that nothing has to be looked up.
template <typename Node>
class SettleQueue
{
public:
    using Time = RateWindow::Time;

    bool isEmpty() const { return m_count == 0; }

    // Of a node that is about to move.
    void fetchPlace(const Node &node) const
    {
        if (node.settlePlace != 0)
            prefetch(&m_moves[std::size_t(node.settlePlace - m_firstPlace)]);
    }

    void move(Node *node, Time now)
    {
        if (node->settlePlace != 0 && at(node->settlePlace).time == now)
            return;
        forget(node);
        m_moves.push_back({ node, now });
        node->settlePlace = m_firstPlace + m_moves.size() - 1;
        ++m_count;
    }

    void forget(Node *node)
    {
        if (node->settlePlace == 0)
            return;
        at(std::exchange(node->settlePlace, 0)).node = nullptr;
        --m_count;
    }

    void clear() // before the nodes are destroyed
    {
        m_moves.clear();
        m_count = 0;
    }

    // Takes those that have not moved for a window.
    std::vector<Node *> takeSettled(Time now)
    {
        std::vector<Node *> settled;
        while (!m_moves.empty() && m_moves.front().time <= now - RateWindow::length) {
            if (m_moves.size() > nodesAhead)
                prefetchAll(m_moves[nodesAhead].node);
            if (Node *node = m_moves.front().node) {
                settled.push_back(node);
                forget(node);
            }
            m_moves.pop_front();
            ++m_firstPlace;
        }
        return settled;
    }

private:
    static constexpr std::size_t nodesAhead = 8;

    struct Move
    {
        Node *node; // null: it moved again later, or is gone
        Time time;
    };

    Move &at(quint64 place) { return m_moves[std::size_t(place - m_firstPlace)]; }

    std::deque<Move> m_moves; // ascending in time
    quint64 m_firstPlace = 1; // of the first in the queue; zero is nowhere
    std::size_t m_count = 0; // of nodes
};

} // namespace Recorders::Internal
