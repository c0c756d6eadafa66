// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "processors.h"

#include "effort.h"
#include "median.h"
#include "processfigures.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

namespace Benchmarks {

namespace {

// The first line of a file, empty if there is none.
std::string lineIn(const std::filesystem::path &path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::string modelName()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(": ");
        if (line.rfind("model name", 0) == 0 && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    return "an unknown model";
}

// Whether a list such as "0-3,8" has the number.
bool listContains(const std::string &list, int number)
{
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        const std::string range = list.substr(begin, end - begin);
        const std::size_t dash = range.find('-');
        const int first = std::atoi(range.c_str());
        const int last = dash == std::string::npos ? first : std::atoi(range.c_str() + dash + 1);
        if (first <= number && number <= last)
            return true;
        begin = end + 1;
    }
    return false;
}

// The lowest level of a cache for data that both use, which is the way from one to the other.
std::string sharedCacheText(int one, int other)
{
    const std::string folder = "/sys/devices/system/cpu/cpu" + std::to_string(one) + "/cache";
    std::error_code error;
    std::string least;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string level = lineIn(entry.path() / "level");
        const bool holdsData = lineIn(entry.path() / "type") != "Instruction";
        if (!level.empty() && holdsData
            && listContains(lineIn(entry.path() / "shared_cpu_list"), other)
            && (least.empty() || level < least))
            least = level;
    }
    if (error)
        return "of whose caches nothing is known";
    return (least.empty() ? "which share no cache" : "which share the cache of level " + least)
            + ", says the system";
}

// Nanoseconds in which a line comes from one core to the other, by threads that answer each other.
double cacheLineNanoseconds()
{
    using Clock = std::chrono::steady_clock;
    static constexpr int roundTrips = 1000;
    struct alignas(64) Line
    {
        std::atomic<int> turn = 0;
    } line;
    const int rounds = Effort::scaled(100) + 1;

    std::thread answering([&line, rounds] {
        stayOnProcessor(1);
        for (int i = 0; i < rounds * roundTrips; ++i) {
            while (line.turn.load(std::memory_order_acquire) != 2 * i + 1) { }
            line.turn.store(2 * i + 2, std::memory_order_release);
        }
    });
    std::vector<double> samples;
    std::thread asking([&line, &samples, rounds] {
        stayOnProcessor(0);
        for (int i = 0; i < rounds * roundTrips;) {
            const Clock::time_point begin = Clock::now();
            for (const int end = i + roundTrips; i < end; ++i) {
                line.turn.store(2 * i + 1, std::memory_order_release);
                while (line.turn.load(std::memory_order_acquire) != 2 * i + 2) { }
            }
            const std::chrono::duration<double, std::nano> time = Clock::now() - begin;
            samples.push_back(time.count() / (2 * roundTrips));
        }
    });
    asking.join();
    answering.join();
    return median(samples);
}

} // namespace

std::string processorsText()
{
    const std::vector<int> processors = usableProcessors();
    if (processors.size() < 2)
        return "Measured on a single processor: " + modelName() + '.';
    const int one = processors[0];
    const int other = processors[1];
    return "Measured on " + std::to_string(processors.size()) + " processors (" + modelName()
            + "). Pinned threads run on " + std::to_string(one) + " and " + std::to_string(other)
            + ", " + sharedCacheText(one, other) + "; a cache line takes "
            + std::to_string(std::lround(cacheLineNanoseconds())) + " ns from one to the other.";
}

} // namespace Benchmarks
