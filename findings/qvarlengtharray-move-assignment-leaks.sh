#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Qt 6.4.2, QtCore: who moves a QVarLengthArray over one that has grown beyond its inline storage loses
# the memory of the latter: the assignment clears it, takes the pointer of the other array, and never
# frees its own. std::vector::erase() and std::sort() assign in that way, so a vector of them, or of
# structures that have one, leaks although nobody wrote a pointer.
#
# One would guess that a container of Qt frees what it owns, as its destructor does, and its assignment
# of copies.
#
# Seen: Debian 12, qt6-base-dev 6.4.2+dfsg-10.

# shellcheck source=findings/lib/qtqml.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/qtqml.sh"

compile assignments <<'CPP'
#include <QVarLengthArray>

#include <cstdio>
#include <malloc.h>
#include <utility>

using Array = QVarLengthArray<char, 8>;

static Array grown() // beyond its inline storage
{
    Array array;
    array.resize(4096);
    return array;
}

template <typename Assign>
static void measure(const char *name, Assign assign)
{
    const size_t before = mallinfo2().uordblks;
    for (int i = 0; i < 1000; ++i) {
        Array array = grown();
        assign(array);
    }
    const size_t kept = mallinfo2().uordblks - before;
    std::printf("%s: %s\n", name, kept >= 1000 * 4096 ? "all is lost" : "nothing is lost");
}

int main()
{
    const Array copied = grown();
    measure("destroyed", [](Array &) {});
    measure("another is copied to it", [&](Array &array) { array = copied; });
    measure("another is moved to it", [](Array &array) { array = grown(); });
}
CPP

expect assignments <<'OUTPUT'
destroyed: nothing is lost
another is copied to it: nothing is lost
another is moved to it: all is lost
OUTPUT
