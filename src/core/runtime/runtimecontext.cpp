// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/runtimecontext_p.h"

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/ownedstring_p.h"
#include "core/snapshot/snapshotjournal_p.h"

#include <utility>

namespace Recorders {

Q_LOGGING_CATEGORY(lcRuntime, "recorders.core.runtime", QtWarningMsg)

namespace Internal {

RuntimeContext::RuntimeContext(QString runtimeName)
    : m_runtimeName(owned(std::move(runtimeName)))
    , m_journal(std::make_shared<SnapshotJournal>())
{
}

RuntimeState RuntimeContext::state() const noexcept
{
    return isForeign() ? RuntimeState::Stopped : m_state.load(std::memory_order_acquire);
}

// Release: a thread that sees that it runs sees what launching it did.
void RuntimeContext::setState(RuntimeState state) noexcept
{
    m_state.store(state, std::memory_order_release);
}

std::shared_ptr<Dispatcher> RuntimeContext::dispatcher() const
{
    return m_hasDispatcher.load(std::memory_order_acquire) && !isForeign() ? m_dispatcher : nullptr;
}

void RuntimeContext::setDispatcher(std::shared_ptr<Dispatcher> dispatcher)
{
    m_dispatcher = std::move(dispatcher);
    m_hasDispatcher.store(true, std::memory_order_release); // with the pointer
}

Error RuntimeContext::error(ErrorCode code, const QString &what) const
{
    return Error(code, textOf([&] {
                     return QStringLiteral("MetricsRuntime \"%1\": %2").arg(m_runtimeName, what);
                 }));
}

Error RuntimeContext::foreignError() const
{
    return error(ErrorCode::InvalidState,
                 QStringLiteral("it belongs to the process that this one was forked from"));
}

} // namespace Internal

} // namespace Recorders
