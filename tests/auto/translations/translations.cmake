# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Fails, and says why, when a text is collected in another context than the one in which it is
# looked up later, or has none:
#     cmake -DLUPDATE=lupdate -DSOURCES=<directory> -DHEADERS=<directory> \
#         -DSCRATCH=<directory> -P translations.cmake

cmake_minimum_required(VERSION 3.25)

set(collected ${SCRATCH}/texts.ts)
file(REMOVE ${collected})
execute_process(
    COMMAND ${LUPDATE} -silent ${SOURCES} ${HEADERS} -ts ${collected}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE complaints)
if(result)
    message(FATAL_ERROR "${LUPDATE} failed: ${output}${complaints}")
endif()
if(complaints)
    message(SEND_ERROR "${complaints}")
endif()

file(STRINGS ${collected} names REGEX "^ *<name>")
list(LENGTH names count)
if(count LESS 10)
    message(SEND_ERROR "${SOURCES} has texts in ${count} contexts only: that cannot be right")
endif()
foreach(name IN LISTS names)
    # A function that is called tr() hides the one of a class.
    if(name MATCHES "<name>(Recorders|Recorders::Internal)?</name>")
        message(SEND_ERROR "A text is in no class: see ${collected}")
    endif()
endforeach()
