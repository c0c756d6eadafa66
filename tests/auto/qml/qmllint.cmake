# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Has qmllint judge every QML file of the project; what it remarks on is a failure:
#     cmake -DQMLLINT=<qmllint> -DROOT=<source tree> -DIMPORT_PATH=<directory> -P qmllint.cmake

cmake_minimum_required(VERSION 3.25)

file(GLOB_RECURSE files ${ROOT}/examples/*.qml ${ROOT}/inspector/*.qml ${ROOT}/src/*.qml
    ${ROOT}/tests/*.qml)
if(NOT files)
    message(FATAL_ERROR "no QML files found in ${ROOT}")
endif()
execute_process(COMMAND ${QMLLINT} -I ${IMPORT_PATH} ${files}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
list(LENGTH files count)
if(NOT result EQUAL 0 OR NOT output STREQUAL "")
    message(FATAL_ERROR "qmllint is not content with these ${count} files:\n${output}")
endif()

# It would be content, too, if it knew nothing of the types.
foreach(element MetricValue Recorder RecorderSnapshotModel SnapshotFilterModel SnapshotModel
        SnapshotTableModel)
    set(wrong ${CMAKE_CURRENT_BINARY_DIR}/Wrong${element}.qml)
    file(WRITE ${wrong} "import Recorders\n${element} { noSuchProperty: 1 }\n")
    execute_process(COMMAND ${QMLLINT} -I ${IMPORT_PATH} ${wrong}
        OUTPUT_VARIABLE output
        ERROR_VARIABLE output)
    if(NOT output MATCHES "noSuchProperty")
        message(FATAL_ERROR "qmllint does not know the properties of ${element}:\n${output}")
    endif()
endforeach()
message("${count} files")
