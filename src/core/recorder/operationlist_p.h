// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/recorder/operationreply_p.h"

#include <recorders/core/error.h>

#include <chrono>
#include <forward_list>
#include <memory>
#include <vector>

namespace Recorders::Internal {

// A start or stop of a recorder that was asked for.
struct Operation
{
    enum class Kind { Start, Stop };
    using Reply = std::shared_ptr<OperationReply>;

    Kind kind = Kind::Start;
    std::vector<Reply> replies{}; // one for each caller
    std::chrono::steady_clock::time_point deadline{}; // of the drain
    bool isDraining = false; // a stop, or a start that failed
    Error outcome{}; // once it is over

    void take(Operation &other); // its replies; all or nothing
    void finish(); // tells the callers
};

/*
    The operations of a recorder that have not ended: the first one has begun, the others follow one
    after the other. There are three at most, as one that does what another one does joins that.
*/
class OperationList final
{
public:
    using Operations =
            std::forward_list<Operation>; // splicing allocates nothing, and none is moved

    static Operations make(Operation::Kind kind, const Operation::Reply &reply);

    bool isEmpty() const noexcept { return m_operations.empty(); }
    Operation &first() noexcept { return m_operations.front(); } // stays where it is
    bool join(Operation &requested); // false: there is none that it could join
    void append(Operations &requested) noexcept;
    void moveFirstTo(Operations &done) noexcept;

private:
    Operations m_operations;
};

} // namespace Recorders::Internal
