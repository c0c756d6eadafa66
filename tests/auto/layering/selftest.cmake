# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Proves that layering.cmake fails on each kind of violation, and says where it is:
#     cmake -DLAYERING=<layering.cmake> -DSCRATCH=<directory> -P selftest.cmake

cmake_minimum_required(VERSION 3.25)

function(run_layering result output)
    execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${SCRATCH} -P ${LAYERING}
        RESULT_VARIABLE code
        OUTPUT_VARIABLE text
        ERROR_VARIABLE text)
    set(${result} ${code} PARENT_SCOPE)
    set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(make_clean_tree)
    file(REMOVE_RECURSE ${SCRATCH})
    file(WRITE ${SCRATCH}/include/recorders/core/eventlane.h "#include <atomic>\n")
    foreach(name asymmetricfence_p backoff_p blockpool_p claimstreak_p eventpools_p eventqueue_p
            eventqueueconsumer_p eventqueuelanes_p eventqueuesegments_p lanelist_p ownedlane_p pagememory_p
            readylist_p)
        file(WRITE ${SCRATCH}/src/core/queue/${name}.h "#include <atomic>\n")
    endforeach()
    file(WRITE ${SCRATCH}/src/core/recorder/recorder.cpp
        "#include \"core/queue/eventqueue_p.h\"\n#include <recorders/core/recorder.h>\n#include <QObject>\n// then() what?\n")
    file(WRITE ${SCRATCH}/src/model/model.cpp "#include <recorders/core/recorder.h>\n")
    file(WRITE ${SCRATCH}/src/qml/types.cpp
        "#include \"qml/types_p.h\"\n#include <recorders/model/model.h>\n#include <recorders/metrics/record.h>\n")
    file(WRITE ${SCRATCH}/inspector/widgets/window.cpp "#include <recorders/model/model.h>\n")
    file(WRITE ${SCRATCH}/examples/minimal/main.cpp "#include <recorders/core/recorder.h>\n")
endfunction()

# Seeds one line into one file, and expects exactly that file to be named.
function(expect_violation file line)
    make_clean_tree()
    file(APPEND ${SCRATCH}/${file} "${line}\n")
    run_layering(result output)
    if(result EQUAL 0)
        message(SEND_ERROR "not found: ${line} in ${file}")
    elseif(NOT output MATCHES "${file}")
        message(SEND_ERROR "found, but not named: ${line} in ${file}\n${output}")
    endif()
endfunction()

make_clean_tree()
run_layering(result output)
if(NOT result EQUAL 0)
    message(SEND_ERROR "a clean tree is refused:\n${output}")
endif()

expect_violation(src/core/recorder/recorder.cpp "#include <recorders/model/snapshotmodel.h>")
expect_violation(src/core/recorder/recorder.cpp "#include \"metrics/counter_p.h\"")
expect_violation(src/core/recorder/recorder.cpp "#  include <recorders/inspector/inspectorwindow.h>")
expect_violation(src/core/platform/processfork.cpp "#include \"core/dispatch/dispatcher_p.h\"")
expect_violation(src/core/queue/eventqueue_p.h "#include \"core/platform/processwide_p.h\"")
expect_violation(src/core/dispatch/dispatcher.cpp "#include \"core/recorder/recordercore_p.h\"")
expect_violation(src/core/snapshot/snapshotjournal.cpp "#include \"core/recorder/recordercore_p.h\"")
expect_violation(src/core/recorder/recorder.cpp "#include \"core/runtime/metricsruntime_p.h\"")
expect_violation(src/core/snapshot/snapshotjournal.cpp "#include <recorders/core/recorder.h>")
expect_violation(src/core/unit.cpp "")
expect_violation(src/metrics/counter.cpp "#include <recorders/model/snapshotmodel.h>")
expect_violation(src/model/model.cpp "#include <recorders/metrics/counter.h>")
expect_violation(include/recorders/core/recorder.h "#include <recorders/model/snapshotmodel.h>")
expect_violation(include/recorders/core/recorder.h "#include <recorders/core/recordercore_p.h>")
expect_violation(include/recorders/core/recorder.h "#include \"metric.h\"")
expect_violation(inspector/widgets/window.cpp "#include <recorders/metrics/counter.h>")
expect_violation(inspector/widgets/window.cpp "#include \"model/nodedata_p.h\"")
expect_violation(inspector/widgets/window.cpp "#include \"qml/types_p.h\"")
expect_violation(src/qml/types.cpp "#include \"model/nodedata_p.h\"")
expect_violation(src/qml/types.cpp "#include <recorders/inspector/inspectorwindow.h>")
expect_violation(src/model/model.cpp "#include <recorders/qml/registerqmltypes.h>")
expect_violation(src/core/queue/eventqueue_p.h "#include <QString>")
expect_violation(src/core/queue/blockpool_p.h "#include <QtCore/QMutex>")
expect_violation(src/core/queue/readylist_p.h "#include <recorders/core/metric.h>")
expect_violation(examples/minimal/main.cpp "#include \"core/recordercore_p.h\"")
expect_violation(examples/minimal/main.cpp "#include \"../../src/core/recorder.h\"")
expect_violation(examples/minimal/CMakeLists.txt
    "target_include_directories(minimal PRIVATE \${PROJECT_SOURCE_DIR}/src)")
expect_violation(src/core/recorder/recorder.cpp "    future.then(this, [] {})")
expect_violation(include/recorders/core/recorder.h "    future->then(QtFuture::Launch::Sync, [] {})")
expect_violation(inspector/widgets/window.cpp "            .onFailed([] {})")
expect_violation(examples/minimal/main.cpp "    stop().onCanceled (this, [] {})")
expect_violation(tests/auto/core/tst_recorder.cpp "    .then<void>([] {})")

file(REMOVE_RECURSE ${SCRATCH})
