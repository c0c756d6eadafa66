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

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

command -v g++ > /dev/null || { echo "this needs g++" >&2; exit 2; }
apt-get download -q \
    {libqt6qml6,qt6-declarative-dev}=6.4.2+dfsg-1 \
    {libqt6core6,libqt6network6,qt6-base-dev}=6.4.2+dfsg-10 \
    libb2-1 libbrotli1 libdouble-conversion3 libglib2.0-0 libgomp1 libicu72 libpcre2-16-0 libpcre2-8-0 \
    libproxy1v5 libgssapi-krb5-2 libk5crypto3 libkeyutils1 libkrb5-3 libkrb5support0 > /dev/null
for package in *.deb; do
    dpkg -x "$package" root
done

cat > reads.cpp <<'CPP'
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
include=root/usr/include/x86_64-linux-gnu/qt6
libraries=root/usr/lib/x86_64-linux-gnu
g++ -std=c++17 -fPIC -I "$include" -I "$include/QtCore" -I "$include/QtQml" -I "$include/QtNetwork" reads.cpp \
    -L "$libraries" -Wl,-rpath-link,"$libraries" -l:libQt6Qml.so.6 -l:libQt6Core.so.6 -o reads
seen=$(LD_LIBRARY_PATH=$libraries ./reads)

expected="({ get field() { throw new Error('no') } }): iterator undefined, property() Error: no
({ get field() { throw 5 } }): iterator undefined, property() 5
({ field: undefined }): iterator undefined, property() undefined"

echo "$seen"
if [[ $seen != "$expected" ]]; then
    echo "this has changed; it was:" >&2
    echo "$expected" >&2
    exit 1
fi
