// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "connectionmetrics.h"

#include "connectionevents.h"

#include <recorders/metrics/standardmetrics.h>

using namespace Recorders;

void registerConnectionMetrics(MetricsRecorder *recorder)
{
    recorder->registerMetric(
            CounterMetric<OpenAttempt>(QStringLiteral("connection.open.attempts"))
                    .by(&OpenAttempt::outcome)
                    .describedAs(QStringLiteral("Attempts to open the connection, by outcome")));
    recorder->registerMetric(
            CounterMetric(QStringLiteral("connection.bytes.received"), &BytesMoved::received)
                    .in(Unit::bytes())
                    .describedAs(QStringLiteral("Bytes from the wire, headers included")));
    recorder->registerMetric(
            CounterMetric(QStringLiteral("connection.bytes.sent"), &BytesMoved::sent)
                    .in(Unit::bytes())
                    .describedAs(QStringLiteral("Bytes to the wire, headers included")));
    recorder->registerMetric(UpDownCounterMetric<TransferStarted, TransferFinished>(
                                     QStringLiteral("connection.transfers.active"))
                                     .describedAs(QStringLiteral("File transfers under way")));
    recorder->registerMetric(
            CounterMetric<TransferFinished>(QStringLiteral("connection.transfers.finished"))
                    .by(&TransferFinished::outcome)
                    .describedAs(QStringLiteral("File transfers that ended, by outcome")));
    recorder->registerMetric(
            HistogramMetric(QStringLiteral("connection.transfer.duration"),
                            &TransferFinished::duration)
                    .describedAs(QStringLiteral(
                            "From the request for a file to the end of its transfer")));
}
