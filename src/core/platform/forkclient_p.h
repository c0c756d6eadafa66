// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace Recorders::Internal {

// What a child process made by fork() must find whole. ProcessFork calls it, in the thread that forks.
class ForkClient
{
    Q_DISABLE_COPY_MOVE(ForkClient)

public:
    virtual void holdForFork() = 0; // before: takes its mutex
    virtual void releaseAfterFork() = 0; // after, in both processes
    virtual void abandon() noexcept = 0; // in the child, between these: its thread does not exist

protected:
    ForkClient() = default;
    ~ForkClient() = default;
};

} // namespace Recorders::Internal
