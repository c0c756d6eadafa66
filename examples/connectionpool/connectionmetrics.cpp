// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "connectionmetrics.h"

#include "connectionevents.h"

#include <recorders/metrics/standardmetrics.h>

using namespace Recorders;

void registerConnectionMetrics(MetricsRecorder *recorder)
{
    recorder->registerMetric(
            counter<OpenAttempt>(QStringLiteral("connection.open.attempts"))
                    .by(&OpenAttempt::outcome)
                    .description(QStringLiteral("Attempts to open the connection, by outcome")));
    recorder->registerMetric(
            counter<BytesMoved>(QStringLiteral("connection.bytes.received"))
                    .of(&BytesMoved::received)
                    .unit(Unit::bytes())
                    .description(QStringLiteral("Bytes from the wire, headers included")));
    recorder->registerMetric(
            counter<BytesMoved>(QStringLiteral("connection.bytes.sent"))
                    .of(&BytesMoved::sent)
                    .unit(Unit::bytes())
                    .description(QStringLiteral("Bytes to the wire, headers included")));
    recorder->registerMetric(
            upDownCounter<TransferStarted>(QStringLiteral("connection.transfers.active"))
                    .of([](const TransferStarted &) { return 1; })
                    .andOf<TransferFinished>([](const TransferFinished &) { return -1; })
                    .description(QStringLiteral("File transfers under way")));
    recorder->registerMetric(
            counter<TransferFinished>(QStringLiteral("connection.transfers.finished"))
                    .by(&TransferFinished::outcome)
                    .description(QStringLiteral("File transfers that ended, by outcome")));
    recorder->registerMetric(
            histogram<TransferFinished>(QStringLiteral("connection.transfer.duration"))
                    .of(&TransferFinished::duration)
                    .description(QStringLiteral(
                            "From the request for a file to the end of its transfer")));
}
