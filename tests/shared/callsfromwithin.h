// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/testmetrics.h"

#include <recorders/core/recorder.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <memory>
#include <utility>

namespace Testing {

using CallFromWithin = void (*)(Recorders::Recorder &);

// What code of the user may call while a recorder is in the middle of something.
inline constexpr std::pair<const char *, CallFromWithin> callsFromWithin[] = {
    { "registerEvent",
      [](Recorders::Recorder &r) {
          r.registerEvent(Tock{});
      } },
    { "registerMetric",
      [](Recorders::Recorder &r) {
          r.registerMetric(std::make_unique<TickMetric>(QStringLiteral("new")));
      } },
    { "removeMetric",
      [](Recorders::Recorder &r) {
          r.removeMetric(QStringLiteral("other"));
      } },
    { "resetMetrics",
      [](Recorders::Recorder &r) {
          r.resetMetrics();
      } },
    { "metricSnapshots",
      [](Recorders::Recorder &r) {
          r.metricSnapshots();
      } },
    { "latestSnapshots",
      [](Recorders::Recorder &r) {
          r.latestSnapshots();
      } },
    { "metricNames",
      [](Recorders::Recorder &r) {
          r.metricNames();
      } },
    { "statistics",
      [](Recorders::Recorder &r) {
          r.statistics();
      } },
    { "flush",
      [](Recorders::Recorder &r) {
          r.flush(QDeadlineTimer(std::chrono::seconds(1)));
      } },
    { "start",
      [](Recorders::Recorder &r) {
          r.start();
      } },
    { "stop",
      [](Recorders::Recorder &r) {
          r.stop();
      } },
    { "processEvents",
      [](Recorders::Recorder &) {
          QCoreApplication::processEvents();
      } },
    { "nested event loop",
      [](Recorders::Recorder &) {
          QEventLoop loop;
          QTimer::singleShot(std::chrono::milliseconds(1), &loop, &QEventLoop::quit);
          loop.exec();
      } },
};

} // namespace Testing
