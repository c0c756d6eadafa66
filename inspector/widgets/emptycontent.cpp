// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/emptycontent_p.h"

#include <QCoreApplication>

namespace Recorders::Internal {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::EmptyContent)
};

// A search can be as long as a novel.
QString shortened(const QString &text)
{
    constexpr int longest = 60;
    return text.size() <= longest ? text : text.first(longest - 1) + QChar(0x2026);
}

} // namespace

EmptyState::Content noRuntime()
{
    return { .title = Texts::tr("No metrics runtime"),
             .text = Texts::tr(
                     "This window was opened without one. Give it the runtime whose recorders "
                     "it is to show:"),
             .code = QStringLiteral("Recorders::MetricsRuntime runtime(\"my.metrics\");\n"
                                    "runtime.start();\n"
                                    "Recorders::InspectorWindow inspector(&runtime);"),
             .button = {} };
}

EmptyState::Content notStarted(const QString &name, RuntimeState state)
{
    if (state == RuntimeState::Starting)
        return {
            .title = Texts::tr("%1 is starting").arg(name), .text = {}, .code = {}, .button = {}
        };
    return { .title = Texts::tr("%1 is not started").arg(name),
             .text = Texts::tr("Recorders measure nothing until their runtime runs:"),
             .code = QStringLiteral("runtime.start();"),
             .button = {} };
}

EmptyState::Content failed(const QString &name)
{
    return { .title = Texts::tr("\u2715 %1 failed").arg(name),
             .text = Texts::tr("The runtime could not start. Its last error says why:"),
             .code = QStringLiteral("qWarning() << runtime.lastError();"),
             .button = {} };
}

EmptyState::Content waiting(const QString &name)
{
    return { .title = Texts::tr("Waiting for %1").arg(name),
             .text = Texts::tr("It has not answered yet."),
             .code = {},
             .button = {} };
}

EmptyState::Content noRecorders(const QString &name)
{
    return { .title = Texts::tr("No recorders yet"),
             .text = Texts::tr("%1 is running. A recorder appears here as soon as there is one:")
                             .arg(name),
             .code = QStringLiteral(
                     "auto recorder = runtime.createRecorder(\"document_storage\");\n"
                     "recorder->registerMetric(std::make_unique<SaveAttempts>());\n"
                     "recorder->registerEvent(SaveAttempt{ ... });"),
             .button = {} };
}

EmptyState::Content ended(const QString &name)
{
    return { .title = Texts::tr("\u25cc %1 has ended").arg(name),
             .text = Texts::tr("It left no recorders to show."),
             .code = {},
             .button = {} };
}

EmptyState::Content nothingMatches(const QString &searched, qsizetype recorders, qsizetype metrics)
{
    // English is not a translation, so %n would leave "1 recorder(s)" there.
    const QString ofRecorders =
            recorders == 1 ? Texts::tr("1 recorder") : Texts::tr("%1 recorders").arg(recorders);
    const QString ofMetrics =
            metrics == 1 ? Texts::tr("1 metric") : Texts::tr("%1 metrics").arg(metrics);
    const QString where = Texts::tr("Searched the names of %1, %2 and their dimensions.")
                                  .arg(ofRecorders, ofMetrics);
    return { .title = Texts::tr("Nothing matches \u201c%1\u201d").arg(shortened(searched)),
             .text = where,
             .code = {},
             .button = Texts::tr("Clear Search") };
}

} // namespace Recorders::Internal
