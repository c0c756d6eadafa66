# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT

# Compiles SOURCE with COMPILER, its ID, and the file OPTIONS, and checks for each line that ends in a
# comment and takes a metric that the compiler complains of that line, and says what the comment says,
# as often as there are such lines.

set(flags -fno-diagnostics-show-caret -fmax-errors=0) # what it shows of the source are no complaints
if(ID MATCHES Clang)
    set(flags -fno-caret-diagnostics -ferror-limit=0)
endif()
execute_process(COMMAND ${COMPILER} @${OPTIONS} ${flags} ${SOURCE}
    OUTPUT_VARIABLE ignored ERROR_VARIABLE said RESULT_VARIABLE status)
if(status EQUAL 0)
    message(FATAL_ERROR "All of it compiles.")
endif()
cmake_path(GET SOURCE FILENAME name)
file(READ ${SOURCE} text)
string(REPLACE ";" "," text "${text}") # lines are a list
string(REPLACE "\n" ";" lines "${text}")
set(number 0)
set(checked 0)
set(missing)
set(left "${said}") # without what lines before this one were looking for
foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    if(line MATCHES "^    take\\(.*// (.+)$")
        math(EXPR checked "${checked} + 1")
        set(message "${CMAKE_MATCH_1}")
        string(FIND "${said}" "${name}:${number}:" place)
        string(FIND "${left}" "${message}" words)
        if(place EQUAL -1 OR words EQUAL -1)
            string(APPEND missing "\nline ${number}: ${message}")
        else()
            string(LENGTH "${message}" length)
            string(SUBSTRING "${left}" 0 ${words} before)
            math(EXPR words "${words} + ${length}")
            string(SUBSTRING "${left}" ${words} -1 after)
            set(left "${before}${after}")
        endif()
    endif()
endforeach()
if(missing OR checked LESS 20)
    message(FATAL_ERROR
        "${checked} lines were checked. Not refused, or not in these words:${missing}\n${said}")
endif()
message(STATUS "${checked} descriptions are refused in the words that were expected")
