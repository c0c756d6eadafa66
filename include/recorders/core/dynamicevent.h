// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QVariantMap>

namespace Recorders {

// An event that has no C++ type of its own: from QML, a script, a configuration.
struct DynamicEvent
{
    static constexpr char eventType[] = "recorders.dynamic";

    QString type; // what happened: "ui.button.clicked"
    QVariantMap payload; // to what, how much: "button" is "Save"
};

} // namespace Recorders
