// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "queuemodels.h"

#include <functional>
#include <vector>

// What the tests of models have in common: a search of all executions, and of those of mutants.
namespace Recorders::QueueModels {

struct Model
{
    const char *name;
    std::function<Scenario()> make;
    Limits limits;
};

const std::vector<Model> &slotModels(); // queues without lanes, and pools
const std::vector<Model> &laneModels();

void beginTestCase(); // skips where the checker does not work
void beginTest();

void addRows(const std::vector<Model> &models);
void searchAllExecutions(); // of the row

// A row for each mutation of what the models execute, but for what others execute as well.
void addMutationRows(const std::vector<Model> &models, const std::vector<Model> &others = {});
void searchMutant(const std::vector<Model> &models); // of the row

void searchMisuse(); // of the row, which has a scenario

} // namespace Recorders::QueueModels
