# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Installs a build tree into PREFIX and, if told so, moves that to MOVED_PREFIX.

cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BINARY_DIR} --prefix ${PREFIX}
    OUTPUT_QUIET
    COMMAND_ERROR_IS_FATAL ANY)
if(MOVED_PREFIX)
    file(REMOVE_RECURSE ${MOVED_PREFIX})
    cmake_path(GET MOVED_PREFIX PARENT_PATH parent)
    file(MAKE_DIRECTORY ${parent})
    file(RENAME ${PREFIX} ${MOVED_PREFIX})
endif()
