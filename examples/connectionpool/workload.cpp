// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "workload.h"

#include "connectionmetrics.h"

#include <QDirIterator>

namespace {

constexpr int largestFileCount = 10'000;
constexpr qint64 fastestBytesPerSecond = 1'048'576;

} // namespace

QStringList filesIn(const QString &directory)
{
    QStringList files;
    QDirIterator it(directory, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext() && files.size() < largestFileCount)
        files.append(it.next());
    return files;
}

Workload::Workload(Recorders::MetricsRuntime *runtime, const QStringList &files)
    : m_runtime(runtime)
    , m_fileCount(static_cast<quint32>(files.size()))
    , m_server(files)
{
}

bool Workload::start(int connectionCount)
{
    if (!m_server.listen())
        return false;
    if (m_total)
        registerConnectionMetrics(m_total.get());
    ConnectionOptions options;
    options.port = m_server.port();
    options.fileCount = m_fileCount;
    options.bytesPerSecond = fastestBytesPerSecond;
    options.total = m_total;
    m_pool.emplace(m_runtime, options);
    m_pool->open(connectionCount);
    return true;
}
