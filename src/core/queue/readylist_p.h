// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>
#include <cstdint>

namespace Recorders::Internal {

/*
    ReadyList is an intrusive stack of nodes that are ready. Many threads push, one consumer takes all
    of them at once. It also knows whether the consumer sleeps, in the same word: so one compare-
    exchange tells the thread that pushes whether it has to wake the consumer.

    A node is pushed when its first event comes in, and is not pushed again while the consumer works
    on it. When nothing is ready for some time, the consumer marks the list as asleep and stops
    polling it; exactly one of the threads that push then is told to wake it.

    Roles. push() and isAsleep() are called by any thread; takeAll() and tryIdle() by the
    consumer, one thread at a time. A node needs a plain member `Node *nextReady`, and an even
    address. Construction happens-before and destruction happens-after all other calls.

    Precondition. A node is pushed at most once until takeAll() has returned it, and the consumer
    has read its nextReady before it lets the node be pushed again. An EventQueue guarantees
    this for its owner: only the claim that clears Asleep pushes, and the consumer calls the
    queue's tryIdle() only for a node that it has taken, after reading nextReady.

    Progress. push() is lock-free, the others are wait-free (takeAll() in the number of nodes).
    Nothing allocates.

    Waking. push() returns true to exactly one pusher per sleep, the one that found the list
    asleep; it must wake the consumer. The consumer sleeps only if tryIdle() returned true:

        takeAll() and work; if nothing is left: if (tryIdle()) wait to be woken; again.

    takeAll() never puts the list to sleep and never wakes it: of a list that sleeps it returns
    null and leaves it asleep, so a tick that nobody asked for does no harm.

    Invariants.
     (I1) m_head is Empty, Asleep, or the address of the node pushed last.
     (I2) Only the consumer stores Empty or Asleep. So what is no node for the consumer stays no
          node until a push, and what is a node never turns into Asleep under takeAll().
     (I3) Pushing over Asleep removes it: the next pusher is not told to wake it again.
     (I4) m_head changes by read-modify-write only, so the acquire in takeAll() synchronizes with
          all pushes since the last one (release sequence), not just with the last.
     Sleeping and pushing are changes of one word, so no store-load pair can lose a wake-up, and
     no ABA can harm: a push only needs the top it links to to be the top.

    Synchronization.
     (P1) The release in push() pairs with the acquire in takeAll(): the consumer sees nextReady
          and all that the pusher did before.

    Stress test: tst_ReadyList, under TSan; proven by tst_EventQueueModels.
*/
template <typename Node, template <typename> class Atomic = std::atomic>
class ReadyList final
{
public:
    ReadyList() = default;
    ReadyList(const ReadyList &) = delete;
    ReadyList &operator=(const ReadyList &) = delete;

    [[nodiscard]] bool push(Node &node) noexcept; // any thread; true: wake the consumer
    [[nodiscard]] Node *takeAll() noexcept; // consumer; in the order pushed, by nextReady
    [[nodiscard]] bool tryIdle() noexcept; // consumer; true: asleep now, false: take first

    // Any thread. Relaxed: an observation, nothing is reached through it.
    bool isAsleep() const noexcept { return m_head.load(std::memory_order_relaxed) == asleep; }

private:
    static constexpr std::uintptr_t empty = 0;
    static constexpr std::uintptr_t asleep = 1; // no address of a node

    alignas(64) Atomic<std::uintptr_t> m_head{ asleep }; // any thread, see (I1) and (I2)
};

template <typename Node, template <typename> class Atomic>
bool ReadyList<Node, Atomic>::push(Node &node) noexcept
{
    // Relaxed: the top is linked to, not looked at.
    std::uintptr_t head = m_head.load(std::memory_order_relaxed);
    do {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer and a mark in one
        node.nextReady = head == asleep ? nullptr : reinterpret_cast<Node *>(head);
    } while (!m_head.compare_exchange_weak(head, reinterpret_cast<std::uintptr_t>(&node),
                                           std::memory_order_release, // (P1)
                                           std::memory_order_relaxed));
    return head == asleep;
}

template <typename Node, template <typename> class Atomic>
Node *ReadyList<Node, Atomic>::takeAll() noexcept
{
    // Relaxed: without a node there is nothing to look at; with one, the exchange acquires.
    const std::uintptr_t seen = m_head.load(std::memory_order_relaxed);
    if (seen == empty || seen == asleep)
        return nullptr;

    // Acquire: pairs with (P1). It finds a node by (I2).
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer and a mark in one
    auto *node = reinterpret_cast<Node *>(m_head.exchange(empty, std::memory_order_acquire));
    Node *oldest = nullptr;
    while (node) {
        Node *const below = node->nextReady;
        node->nextReady = oldest;
        oldest = node;
        node = below;
    }
    return oldest;
}

template <typename Node, template <typename> class Atomic>
bool ReadyList<Node, Atomic>::tryIdle() noexcept
{
    std::uintptr_t head = empty;
    // Relaxed, both: the consumer leaves nothing for the next pusher in the list, and what it
    // finds here it takes with takeAll().
    return m_head.compare_exchange_strong(head, asleep, std::memory_order_relaxed,
                                          std::memory_order_relaxed)
            || head == asleep;
}

} // namespace Recorders::Internal
