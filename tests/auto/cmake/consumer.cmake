# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Configures, builds and runs the consumer project; see CMakeLists.txt for the arguments.

cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${BINARY_DIR})
set(arguments
    -G ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${CXX_COMPILER}
    "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}"
    "-DCMAKE_PREFIX_PATH=${PREFIX}\\;${QT_PREFIX}"
    -DCONSUMER_COMPONENTS=${COMPONENTS})
if(RECORDERS_SOURCE_DIR)
    list(APPEND arguments -DCONSUMER_RECORDERS_SOURCE_DIR=${RECORDERS_SOURCE_DIR})
endif()
if(CXX_STANDARD)
    list(APPEND arguments -DCMAKE_CXX_STANDARD=${CXX_STANDARD})
endif()
if(DEFINED SHARED_LIBS)
    list(APPEND arguments -DBUILD_SHARED_LIBS=${SHARED_LIBS})
endif()
foreach(check CHECK_HEADERS CHECK_EACH_HEADER)
    if(${check})
        list(APPEND arguments -DCONSUMER_${check}=ON)
    endif()
endforeach()
if(WITHOUT_WIDGETS)
    list(APPEND arguments
        -DCMAKE_DISABLE_FIND_PACKAGE_Qt6Widgets=ON
        -DCMAKE_DISABLE_FIND_PACKAGE_Qt6Gui=ON
        -DCMAKE_DISABLE_FIND_PACKAGE_Qt6Qml=ON)
endif()

execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE_DIR} -B ${BINARY_DIR} ${arguments}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
if(EXPECTED_ERROR)
    if(result EQUAL 0 OR NOT output MATCHES "${EXPECTED_ERROR}")
        message(FATAL_ERROR "expected to fail and to name ${EXPECTED_ERROR}:\n${output}")
    endif()
    return()
endif()
if(NOT result EQUAL 0)
    message(FATAL_ERROR "cannot configure:\n${output}")
endif()
if(EXPECTED_OUTPUT AND NOT output MATCHES "${EXPECTED_OUTPUT}")
    message(FATAL_ERROR "expected to say ${EXPECTED_OUTPUT}:\n${output}")
endif()
if(CONFIGURE_ONLY)
    return()
endif()

execute_process(COMMAND ${CMAKE_COMMAND} --build ${BINARY_DIR} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_CTEST_COMMAND} --output-on-failure
    WORKING_DIRECTORY ${BINARY_DIR}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
if(NOT result EQUAL 0 OR output MATCHES "No tests were found")
    string(REPLACE "\n" "\n| " output "${output}") # not to be taken for results of our own ctest
    message(FATAL_ERROR "the consumer's tests failed:\n| ${output}")
endif()
