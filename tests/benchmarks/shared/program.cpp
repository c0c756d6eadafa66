// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"

#include "effort.h"

#include <cstdio>
#include <cstring>
#include <vector>

namespace Benchmarks {

namespace {

bool isQuickOption(const char *argument)
{
    return std::strcmp(argument, "--quick") == 0;
}

// What is said behind them overrides the defaults.
std::vector<char *> benchmarkArguments(int argc, char **argv)
{
    static char full[] = "--benchmark_repetitions=7";
    static char quick[] = "--benchmark_repetitions=1";
    static char mixed[] = "--benchmark_enable_random_interleaving=true";

    std::vector<char *> arguments{ argv[0], full, mixed };
    for (int i = 1; i < argc; ++i)
        arguments.push_back(isQuickOption(argv[i]) ? quick : argv[i]);
    return arguments;
}

} // namespace

void readEffort(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (isQuickOption(argv[i]))
            Effort::setQuick(true);
    }
}

int runTables(int argc, char **argv, std::deque<Table> &tables)
{
    std::vector<char *> arguments = benchmarkArguments(argc, argv);
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data()))
        return 1;

    Report report(tables);
    if (benchmark::RunSpecifiedBenchmarks(&report) == 0) {
        std::fprintf(stderr, "No benchmark has a name that fits the filter.\n");
        return 1;
    }
    return 0;
}

} // namespace Benchmarks
