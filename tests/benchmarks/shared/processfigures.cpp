// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "processfigures.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Benchmarks {

namespace {

std::string programPath;

// The number behind a name in a file of lines "name: number unit".
long numberIn(const std::string &path, const std::string &name)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.compare(0, name.size() + 1, name + ':') == 0)
            return std::stol(line.substr(name.size() + 1));
    }
    return 0;
}

void stayOn(const std::vector<int> &numbers)
{
    cpu_set_t processors;
    CPU_ZERO(&processors);
    for (const int number : numbers)
        CPU_SET(unsigned(number), &processors);
    ::sched_setaffinity(0, sizeof(processors), &processors); // 0: this thread; may be refused
}

} // namespace

std::vector<int> usableProcessors()
{
    // Asked once: threads are pinned later, and tell only of their own.
    static const std::vector<int> usable = [] {
        std::vector<int> numbers;
        cpu_set_t processors;
        CPU_ZERO(&processors);
        ::sched_getaffinity(0, sizeof(processors), &processors); // 0: this thread
        for (int number = 0; number < CPU_SETSIZE; ++number) {
            if (CPU_ISSET(unsigned(number), &processors))
                numbers.push_back(number);
        }
        return numbers.empty() ? std::vector<int>{ 0 } : numbers;
    }();
    return usable;
}

void stayOnProcessor(int number)
{
    const std::vector<int> usable = usableProcessors();
    stayOn({ usable[std::size_t(number) % usable.size()] });
}

void stayOnAnyProcessor()
{
    stayOn(usableProcessors());
}

double residentMegabytes()
{
    return double(numberIn("/proc/self/status", "VmRSS")) * 1024 / 1e6;
}

long currentThreadId()
{
    return ::syscall(SYS_gettid);
}

long wakeUpsOfThread(long threadId)
{
    return numberIn("/proc/self/task/" + std::to_string(threadId) + "/status",
                    "voluntary_ctxt_switches");
}

void setProgramPath(const std::string &path)
{
    programPath = path;
}

double figureOfFreshProcess(const std::string &argument)
{
    const std::string command = '\'' + programPath + "' " + argument;
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> pipe(::popen(command.c_str(), "r"),
                                                                ::pclose);
    double figure = 0;
    if (!pipe || std::fscanf(pipe.get(), "%lf", &figure) != 1)
        std::fprintf(stderr, "This printed no figure: %s\n", command.c_str());
    return figure;
}

} // namespace Benchmarks
