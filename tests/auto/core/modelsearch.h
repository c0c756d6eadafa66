// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/modelchecker.h"

#include <functional>
#include <vector>

// What the tests of models have in common: a search of all executions, and of those of mutants.
namespace Recorders::ModelSearch {

using ModelCheck::Limits;
using ModelCheck::Scenario;

struct Model
{
    const char *name;
    std::function<Scenario()> make;
    Limits limits;
};

void beginTestCase(); // skips where the checker does not work
void beginTest();

void addRows(const std::vector<Model> &models);
void searchAllExecutions(); // of the row

// A row for each mutation of what the models execute, but for what others execute as well.
void addMutationRows(const std::vector<Model> &models, const std::vector<Model> &others = {});
void searchMutant(const std::vector<Model> &models); // of the row

void searchMisuse(); // of the row, which has a scenario

} // namespace Recorders::ModelSearch
