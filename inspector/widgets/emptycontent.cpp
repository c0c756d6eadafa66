// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/emptycontent.h"

#include <QCoreApplication>

namespace Recorders::Internal {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("Recorders::InspectorWindow", text, nullptr, n);
}

// One of n things, for source texts that have no translation to count in.
QString counted(qsizetype n, const char *one, const char *many)
{
    return n == 1 ? tr(one) : tr(many).arg(n);
}

// A search can be as long as a novel.
QString shortened(const QString &text)
{
    constexpr int longest = 60;
    return text.size() <= longest ? text : text.first(longest - 1) + QChar(0x2026);
}

} // namespace

EmptyState::Content noRuntime()
{
    return { .title = tr("No metrics runtime"),
             .text = tr("This window was opened without one. Give it the runtime whose recorders "
                        "it is to show:"),
             .code = QStringLiteral("Recorders::MetricsRuntime runtime(\"my.metrics\");\n"
                                    "runtime.start();\n"
                                    "Recorders::InspectorWindow inspector(&runtime);"),
             .button = {} };
}

EmptyState::Content notStarted(const QString &name, RuntimeState state)
{
    if (state == RuntimeState::Starting)
        return { .title = tr("%1 is starting").arg(name), .text = {}, .code = {}, .button = {} };
    return { .title = tr("%1 is not started").arg(name),
             .text = tr("Recorders measure nothing until their runtime runs:"),
             .code = QStringLiteral("runtime.start();"),
             .button = {} };
}

EmptyState::Content failed(const QString &name)
{
    return { .title = tr("\u2715 %1 failed").arg(name),
             .text = tr("The runtime could not start. Its last error says why:"),
             .code = QStringLiteral("qWarning() << runtime.lastError();"),
             .button = {} };
}

EmptyState::Content waiting(const QString &name)
{
    return { .title = tr("Waiting for %1").arg(name),
             .text = tr("It has not answered yet."),
             .code = {},
             .button = {} };
}

EmptyState::Content noRecorders(const QString &name)
{
    return {
        .title = tr("No recorders yet"),
        .text = tr("%1 is running. A recorder appears here as soon as there is one:").arg(name),
        .code = QStringLiteral("auto recorder = runtime.createRecorder(\"document_storage\");\n"
                               "recorder->registerMetric(std::make_unique<SaveAttempts>());\n"
                               "recorder->registerEvent(SaveAttempt{ ... });"),
        .button = {}
    };
}

EmptyState::Content ended(const QString &name)
{
    return { .title = tr("\u25cc %1 has ended").arg(name),
             .text = tr("It left no recorders to show."),
             .code = {},
             .button = {} };
}

EmptyState::Content nothingMatches(const QString &searched, qsizetype recorders, qsizetype metrics)
{
    const QString where = tr("Searched the names of %1, %2 and their dimensions.")
                                  .arg(counted(recorders, "1 recorder", "%1 recorders"),
                                       counted(metrics, "1 metric", "%1 metrics"));
    return { .title = tr("Nothing matches \u201c%1\u201d").arg(shortened(searched)),
             .text = where,
             .code = {},
             .button = tr("Clear Search") };
}

} // namespace Recorders::Internal
