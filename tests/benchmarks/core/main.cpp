// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "processfigures.h"
#include "tables.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstring>
#include <vector>

namespace {

// What is said behind them overrides the defaults.
std::vector<char *> benchmarkArguments(int argc, char **argv)
{
    static char full[] = "--benchmark_repetitions=7";
    static char quick[] = "--benchmark_repetitions=1";
    static char mixed[] = "--benchmark_enable_random_interleaving=true";

    std::vector<char *> arguments{ argv[0], full, mixed };
    for (int i = 1; i < argc; ++i) {
        const bool isQuick = std::strcmp(argv[i], "--quick") == 0;
        if (isQuick)
            Benchmarks::Effort::setQuick(true);
        arguments.push_back(isQuick ? quick : argv[i]);
    }
    return arguments;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 2 && Benchmarks::printMemory(argv[1]))
        return 0;
    Benchmarks::setProgramPath(QCoreApplication::applicationFilePath().toStdString());
    std::vector<char *> arguments = benchmarkArguments(argc, argv);
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data()))
        return 1;

    std::deque<Benchmarks::Table> tables;
    Benchmarks::addHandOver(tables);
    Benchmarks::addHandling(tables);
    Benchmarks::addRecorders(tables);
    Benchmarks::addWakeUps(tables);
    Benchmarks::Report report(tables);
    if (benchmark::RunSpecifiedBenchmarks(&report) == 0) {
        std::fprintf(stderr, "No benchmark has a name that fits the filter.\n");
        return 1;
    }
    return 0;
}
