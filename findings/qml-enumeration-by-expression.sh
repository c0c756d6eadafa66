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

cat > assigns.cpp <<'CPP'
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
include=root/usr/include/x86_64-linux-gnu/qt6
libraries=root/usr/lib/x86_64-linux-gnu
g++ -std=c++17 -fPIC -I "$include" -I "$include/QtCore" -I "$include/QtQml" -I "$include/QtNetwork" assigns.cpp \
    -L "$libraries" -Wl,-rpath-link,"$libraries" -l:libQt6Qml.so.6 -l:libQt6Core.so.6 -o assigns
seen=$(LD_LIBRARY_PATH=$libraries ./assigns)

expected="timerType: 2 gives: Invalid property assignment: unknown enumeration
timerType: 1 + 1 gives: 2
timerType: 6 + 1 gives: 7"

echo "$seen"
if [[ $seen != "$expected" ]]; then
    echo "this has changed; it was:" >&2
    echo "$expected" >&2
    exit 1
fi
