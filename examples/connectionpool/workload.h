// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connectionpool.h"
#include "transferserver.h"

#include <recorders/core/metricsruntime.h>

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

// What is measured and shown: a server, and connections that get its files.
class Workload
{
public:
    Workload(Recorders::MetricsRuntime *runtime, const QStringList &files);

    // Measures all connections together, too. Before start().
    void setTotal(std::shared_ptr<Recorders::MetricsRecorder> total) { m_total = std::move(total); }

    bool start(int connectionCount);
    QString errorString() const { return m_server.errorString(); }

private:
    Recorders::MetricsRuntime *const m_runtime;
    const quint32 m_fileCount;
    std::shared_ptr<Recorders::MetricsRecorder> m_total;
    TransferServer m_server;
    std::optional<ConnectionPool> m_pool;
};

// Hidden files and directories are left out, and with them .git and build trees.
QStringList filesIn(const QString &directory);
