#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# GCC 12.2.0: __builtin_prefetch() within a loop of one's own prefetches. Moved into a function of its own, which
# has several callers and so is not inlined, it does not any more from -O1 on: the function has its prefetch
# instruction, and nobody calls it. GCC finds that such a function has neither a result nor effects (it is "const"
# or "pure"), and a call of it is dropped. Nothing warns, and nothing but a profile shows it.
#
# One would guess that a prefetch, which has no other purpose than its effect on the caches, is kept wherever it
# is written. An empty volatile asm statement beside it keeps the calls.
#
# Seen: Debian 12, g++-12 12.2.0-14+deb12u1.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

apt-get download -q g++-12=12.2.0-14+deb12u1 libgmp10 libisl23 libmpc3 libmpfr6 libzstd1 zlib1g > /dev/null
for package in *.deb; do
    dpkg -x "$package" root
done

cat > nodes.cpp << 'CPP'
struct Node
{
    int value;
};

#ifdef KEPT
#    define KEEP(place) asm volatile("" : : "r"(place))
#else
#    define KEEP(place) (void)place
#endif

__attribute__((noinline)) void fetch(const Node *const *nodes, int count)
{
    for (int i = 0; i < count; ++i) {
        KEEP(nodes[i]);
        __builtin_prefetch(nodes[i]);
    }
}

int sum(const Node *const *nodes, int count)
{
    fetch(nodes, count);
    int total = 0;
    for (int i = 0; i < count; ++i)
        total += nodes[i]->value;
    return total;
}
CPP
compile() {
    LD_LIBRARY_PATH=root/usr/lib/x86_64-linux-gnu:root/lib/x86_64-linux-gnu \
        root/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus -quiet "$@" nodes.cpp -o nodes.s
    printf '%s: %d prefetch, %d call\n' "$*" "$(grep -c prefetcht0 nodes.s)" "$(grep -c 'call.*fetch' nodes.s)"
}
{
    compile -O0
    compile -O1
    compile -O2
    compile -O2 -DKEPT
} | tee seen
cat > expected << 'TEXT'
-O0: 1 prefetch, 1 call
-O1: 1 prefetch, 0 call
-O2: 1 prefetch, 0 call
-O2 -DKEPT: 1 prefetch, 1 call
TEXT
diff expected seen || { echo "this has changed" >&2; exit 1; }
