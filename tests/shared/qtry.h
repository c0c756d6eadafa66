// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTest>

#include <chrono>

/*
    What QTRY_COMPARE() and its like expand to in Qt 6.8, but with a cast: Qt's own takes the count
    of a duration for an int, of which g++ warns wherever it is used.
*/
#undef QTRY_IMPL
#define QTRY_IMPL(expression, timeout)                                                             \
  const std::chrono::milliseconds qt_test_timeout = [&] {                                          \
  using namespace std::chrono_literals;                                                            \
  return std::chrono::milliseconds{ timeout };                                                     \
  }();                                                                                             \
  const int qt_test_timeoutValue = static_cast<int>(qt_test_timeout.count());                      \
  const int qt_test_step = qt_test_timeoutValue < 350 ? qt_test_timeoutValue / 7 + 1 : 50;         \
  { QTRY_LOOP_IMPL(expression, qt_test_timeoutValue, qt_test_step) } QTRY_TIMEOUT_DEBUG_IMPL(      \
          expression, qt_test_timeoutValue, qt_test_step)
