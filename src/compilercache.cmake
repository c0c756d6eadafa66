# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT

# Compiles with ccache where it is installed, unless another launcher was asked for. What one
# folder has compiled serves every other one: paths below the project are hashed relative to the
# build directory, and the build directory itself is not hashed. (Debug information then names
# the folder that compiled first.) RECORDERS_CCACHE_ENVIRONMENT is for builds that tests start.
find_program(RECORDERS_CCACHE ccache DOC "The compiler cache, if any")
mark_as_advanced(RECORDERS_CCACHE)
if(NOT RECORDERS_USE_CCACHE OR NOT RECORDERS_CCACHE OR DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    return()
endif()

set(RECORDERS_CCACHE_ENVIRONMENT
    CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
    CCACHE_INODECACHE=1
    CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros)
set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env ${RECORDERS_CCACHE_ENVIRONMENT} ${RECORDERS_CCACHE})

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # ccache has to see which precompiled header was used.
    add_compile_options(-fpch-preprocess)
else()
    # Clang's precompiled headers name the files that they were made from, and when.
    set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()
