// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QString>
#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QObject;
QT_END_NAMESPACE

namespace Recorders::Internal {

// Says what is wrong with how QML uses an element. The QML module, which knows the element's name and
// place, is the one that does.
struct ElementSpeaker
{
    bool (*isElement)(const QObject *object) = nullptr; // made by QML
    void (*warn)(const QObject *element, const QString &text) = nullptr;
    void (*inform)(const QObject *element, const QString &text) = nullptr;
};

// Any thread. Null: nothing is said. It is to stay until there is another one.
RECORDERS_EXPORT void setElementSpeaker(const ElementSpeaker *speaker);

} // namespace Recorders::Internal
