// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>

#include <QtGlobal>

#include <memory>

QT_BEGIN_NAMESPACE
class QThread;
QT_END_NAMESPACE

namespace Recorders::Internal {

class Dispatcher;

/*
    The dispatchers of threads that the application runs: one for each thread, made when its first
    recorder starts. A dispatcher ends with its thread, or with the application object, or with the
    process, whichever comes first.
*/
class ThreadDispatchers final
{
public:
    // Any thread. Null, and why, if there can be none.
    static std::shared_ptr<Dispatcher> ofThread(QThread *thread, Error *error);
};

} // namespace Recorders::Internal
