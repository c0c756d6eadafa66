// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstdlib>

#include <dlfcn.h>

// The function of that mangled name that the executable's one hides.
template <typename Function>
Function realFunction(const char *mangledName)
{
    void *const address = dlsym(RTLD_NEXT, mangledName);
    if (!address)
        std::abort(); // another Qt: the edges would be missing unnoticed
    return reinterpret_cast<Function>(address);
}
