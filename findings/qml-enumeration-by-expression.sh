#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Qt 6.4.2, QtQml: a property of an enumeration takes no number that is written out, not even one that the
# enumeration has: the document does not compile. Any expression of numbers is taken without a word, also
# one whose value is in no enumeration.
#
# What is written is checked, when the document is compiled, not what the property gets. So a setter of an
# enumeration in C++ has to expect every int, although a first try in QML says that Qt sees to that.
#
# Seen: Debian 12, libqt6qml6 6.4.2+dfsg-1, libqt6core6 6.4.2+dfsg-10.

# shellcheck source=findings/lib/qtqml.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/qtqml.sh"

compile assigns <<'CPP'
#include <QCoreApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTimer>

#include <cstdio>
#include <memory>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    qmlRegisterType<QTimer>("Core", 1, 0, "CoreTimer"); // its timerType is 0, 1 or 2
    QQmlEngine engine;
    for (const char *value : { "2", "1 + 1", "6 + 1" }) {
        QQmlComponent component(&engine);
        component.setData(QByteArray("import Core\nCoreTimer { timerType: ") + value + " }", {});
        const std::unique_ptr<QObject> timer(component.isReady() ? component.create() : nullptr);
        const QString got = timer ? QString::number(timer->property("timerType").toInt())
                                  : component.errors().constFirst().description();
        std::printf("timerType: %s gives: %s\n", value, qUtf8Printable(got));
    }
}
CPP

expect assigns <<'EXPECTED'
timerType: 2 gives: Invalid property assignment: unknown enumeration
timerType: 1 + 1 gives: 2
timerType: 6 + 1 gives: 7
EXPECTED
