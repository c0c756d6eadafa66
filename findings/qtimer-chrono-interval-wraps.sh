#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Qt 6.4.2, QtCore: QTimer takes std::chrono::milliseconds, which have 64 bits, and keeps an int. It drops
# the upper half without a word: 50 days are a timer of seven hours. The largest interval there is, as
# which people write "never", becomes -1 ms; a warning speaks of a negative interval that nobody asked
# for, and a timer that does not run says that it is active.
#
# One would guess that a long interval is a long one, or is refused.
#
# Seen: Debian 12, libqt6core6 6.4.2+dfsg-10.

# shellcheck source=findings/lib/qtqml.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/qtqml.sh"

compile intervals << 'CPP'
#include <QCoreApplication>
#include <QTimer>

#include <chrono>
#include <cstdio>

using namespace std::chrono_literals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
        std::printf("warning: %s\n", qPrintable(text));
    });
    const auto start = [](const char *name, std::chrono::milliseconds interval) {
        QTimer timer;
        timer.start(interval);
        std::printf("%s: %d ms, %s\n", name, timer.interval(),
                    timer.isActive() ? "active" : "not active");
    };
    start("20 days", 24h * 20);
    start("50 days", 24h * 50);
    start("for ever", std::chrono::milliseconds::max());
}
CPP

expect intervals << 'OUTPUT'
20 days: 1728000000 ms, active
50 days: 25032704 ms, active
warning: QObject::startTimer: Timers cannot have negative intervals
for ever: -1 ms, active
OUTPUT
