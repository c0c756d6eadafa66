// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace Recorders::Internal {

/*
    Makes a call that is wanted at once, and further ones later and together. An update comes in
    parts, one after the other: what is painted or worked out after each of them costs more than
    the rest.
*/
class PacedCall final : public QObject
{
    Q_OBJECT

public:
    explicit PacedCall(std::function<void()> call, QObject *parent = nullptr);

    void request();

private:
    void callNow();
    void callIfWanted();

    const std::function<void()> m_call;
    QTimer m_timer; // runs: a call was made a moment ago
    bool m_isWanted = false;
};

} // namespace Recorders::Internal
