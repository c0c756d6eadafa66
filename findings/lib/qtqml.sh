# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# For findings about QtQml 6.4.2 of Debian 12: libqt6qml6 6.4.2+dfsg-1, libqt6core6 6.4.2+dfsg-10. To be
# sourced; works in a folder of its own, which goes in the end. What it needs besides is g++ and apt-get.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# compile NAME: a program of standard input, with the headers and libraries of the pinned packages.
compile() {
    local package include=root/usr/include/x86_64-linux-gnu/qt6 libraries=root/usr/lib/x86_64-linux-gnu
    command -v g++ > /dev/null || { echo "this needs g++" >&2; exit 2; }
    apt-get download -q \
        {libqt6qml6,qt6-declarative-dev}=6.4.2+dfsg-1 \
        {libqt6core6,libqt6network6,qt6-base-dev}=6.4.2+dfsg-10 \
        libb2-1 libbrotli1 libdouble-conversion3 libglib2.0-0 libgomp1 libicu72 libpcre2-16-0 libpcre2-8-0 \
        libproxy1v5 libgssapi-krb5-2 libk5crypto3 libkeyutils1 libkrb5-3 libkrb5support0 > /dev/null
    for package in *.deb; do
        dpkg -x "$package" root
    done
    g++ -std=c++17 -fPIC -I "$include" -I "$include/QtCore" -I "$include/QtQml" -I "$include/QtNetwork" \
        -x c++ - -x none -L "$libraries" -Wl,-rpath-link,"$libraries" \
        -l:libQt6Qml.so.6 -l:libQt6Core.so.6 -o "$1"
}

# expect NAME: that the program prints what is on standard input.
expect() {
    local expected seen
    expected=$(cat)
    seen=$(LD_LIBRARY_PATH=root/usr/lib/x86_64-linux-gnu "./$1")
    echo "$seen"
    if [[ $seen != "$expected" ]]; then
        echo "this has changed; it was:" >&2
        echo "$expected" >&2
        return 1
    fi
}
