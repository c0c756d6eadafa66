#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# clang-tidy 14.0.6, modernize-use-nullptr: of (a <=> b) < 0 it says that the 0 should be nullptr, and its
# fix writes "(a <=> b) < nullptr". That compiles: the type that stands in for a literal 0 in <compare> of
# libstdc++ 12 is made from a null pointer. What it means that something is below nullptr, no reader can tell.
#
# One would guess that the check knows the one place of C++20 in which 0 must be written so, and that a
# compiler refuses what it makes of it. std::is_lt() says the same without a 0.
#
# Seen: Debian 12, clang-tidy-14 1:14.0.6-12, libstdc++-12-dev 12.2.0-14+deb12u1.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

apt-get download -q \
    {clang-tidy-14,libclang-cpp14,libllvm14,libclang-common-14-dev}=1:14.0.6-12 \
    libstdc++-12-dev=12.2.0-14+deb12u1 libbsd0 libedit2 libmd0 libtinfo6 libxml2 libicu72 libz3-4 > /dev/null
for package in *.deb; do
    dpkg -x "$package" root
done

cat > ordering.cpp << 'CPP'
#include <compare>

bool isBelow(double a, double b)
{
    return (a <=> b) < 0;
}
CPP
standard=root/usr/include/c++/12
includes=(-nostdinc++ -isystem "$standard" -isystem "root/usr/include/x86_64-linux-gnu/c++/12")
LD_LIBRARY_PATH=root/usr/lib/x86_64-linux-gnu root/usr/lib/llvm-14/bin/clang-tidy --quiet --fix \
    --checks='-*,modernize-use-nullptr' ordering.cpp -- -std=c++20 "${includes[@]}" > said 2> /dev/null || true
{
    grep --only-matching 'warning: .*' said
    grep return ordering.cpp
    g++ -std=c++20 "${includes[@]}" -fsyntax-only ordering.cpp && echo "it compiles"
} | tee seen
cat > expected << 'TEXT'
warning: use nullptr [modernize-use-nullptr]
    return (a <=> b) < nullptr;
it compiles
TEXT
diff expected seen || { echo "this has changed" >&2; exit 1; }
