#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Qt 6.4.2, QtQml: a getter of JavaScript that throws is undefined to QJSValueIterator, without a word;
# QJSValue::property() has what it threw as if that were the value. The engine has no error either way.
#
# Whoever turns an object of a script into a map with the iterator, as the class suggests, cannot tell a
# field that failed from one that is undefined; with property() a thrown 5 is a 5. Only both together
# tell: undefined to the one and something to the other.
#
# Seen: Debian 12, libqt6qml6 6.4.2+dfsg-1, libqt6core6 6.4.2+dfsg-10.

# shellcheck source=findings/lib/qtqml.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/qtqml.sh"

compile reads <<'CPP'
#include <QCoreApplication>
#include <QJSEngine>
#include <QJSValueIterator>

#include <cstdio>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QJSEngine engine;
    for (const char *script : { "({ get field() { throw new Error('no') } })",
                                "({ get field() { throw 5 } })", "({ field: undefined })" }) {
        const QJSValue object = engine.evaluate(QString::fromLatin1(script));
        QJSValueIterator iterator(object);
        iterator.next();
        const QString iterated = iterator.value().toString();
        const bool failsIterated = engine.hasError();
        const QString read = object.property(QStringLiteral("field")).toString();
        std::printf("%s: iterator %s%s, property() %s%s\n", script, qUtf8Printable(iterated),
                    failsIterated ? " and an error" : "", qUtf8Printable(read),
                    engine.hasError() ? " and an error" : "");
    }
}
CPP

expect reads <<'EXPECTED'
({ get field() { throw new Error('no') } }): iterator undefined, property() Error: no
({ get field() { throw 5 } }): iterator undefined, property() 5
({ field: undefined }): iterator undefined, property() undefined
EXPECTED
