// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include <memory>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
QT_END_NAMESPACE

namespace Benchmarks {

// A window with a ListView, which has delegates for those rows that are in sight.
class ListWindow
{
public:
    explicit ListWindow(QAbstractItemModel &model);

private:
    QQmlEngine m_engine;
    QQuickWindow m_window;
    std::unique_ptr<QQuickItem> m_list;
};

} // namespace Benchmarks
