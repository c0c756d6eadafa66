// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatchclient_p.h"

#include <recorders/core/recorder.h>

#include <QString>

namespace Recorders::Internal {

class EventInbox;
class MetricRegistry;

// A recorder, as what starts and stops it needs it. It outlives that.
class RecorderClient : public DispatchClient
{
public:
    // any thread
    virtual const QString &entityId() const noexcept = 0;
    virtual const RecorderOptions &options() const noexcept = 0;
    virtual EventInbox &inbox() noexcept = 0;
    virtual void enterJournal() = 0; // it is made, and has snapshots
    virtual void touch() = 0; // its snapshot has changed
    virtual MetricRegistry &registry() noexcept = 0;
    // its thread
    virtual void enterThread() noexcept = 0; // which uses what is its own from now on
    virtual void leaveThread() noexcept = 0; // until now
    virtual void noteWork() noexcept = 0; // before code of the user is called

protected:
    ~RecorderClient() = default;
};

} // namespace Recorders::Internal
