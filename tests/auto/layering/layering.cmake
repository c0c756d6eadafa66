# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Fails, and says where, when a file includes what its module may not depend on, or attaches a
# continuation to a future:
#     cmake -DROOT=<source tree> -P layering.cmake

cmake_minimum_required(VERSION 3.25)

# Of our modules, by module; itself it may always include.
set(may_include_core "")
set(may_include_metrics core)
set(may_include_model core)
set(may_include_inspector core model)
set(may_include_qml core metrics model)
set(modules core inspector metrics model qml)

# The storeys of core, by the folders of its sources: what each may include, besides itself.
set(storeys dispatch platform queue recorder runtime snapshot value)
set(may_include_platform "")
set(may_include_queue "")
set(may_include_value platform)
set(may_include_snapshot platform value)
set(may_include_dispatch platform queue value)
set(may_include_recorder dispatch platform queue snapshot value)
set(may_include_runtime dispatch platform queue recorder snapshot value)

# Judged by ThreadSanitizer and the model checker, which do not understand Qt.
set(without_qt
    include/recorders/core/eventlane.h
    src/core/queue/asymmetricfence_p.h
    src/core/queue/backoff_p.h
    src/core/queue/blockpool_p.h
    src/core/queue/claimstreak_p.h
    src/core/queue/eventpools_p.h
    src/core/queue/eventqueue_p.h
    src/core/queue/eventqueueconsumer_p.h
    src/core/queue/eventqueuelanes_p.h
    src/core/queue/eventqueuesegments_p.h
    src/core/queue/lanelist_p.h
    src/core/queue/ownedlane_p.h
    src/core/queue/pagememory_p.h
    src/core/queue/readylist_p.h)

function(complain file line what)
    file(RELATIVE_PATH shown ${ROOT} ${file})
    message(SEND_ERROR "${shown}: ${what}\n    ${line}")
endfunction()

function(includes_of file result)
    file(STRINGS ${file} lines REGEX "^[ \t]*#[ \t]*include")
    set(${result} ${lines} PARENT_SCOPE)
endfunction()

function(check_module module)
    file(GLOB_RECURSE files
        ${ROOT}/include/recorders/${module}/*.h
        ${ROOT}/src/${module}/*.h
        ${ROOT}/src/${module}/*.cpp)
    if(module STREQUAL inspector)
        file(GLOB_RECURSE more ${ROOT}/inspector/*.h ${ROOT}/inspector/*.cpp)
        list(APPEND files ${more})
    endif()
    foreach(file IN LISTS files)
        includes_of(${file} includes)
        foreach(include IN LISTS includes)
            if(NOT include MATCHES "include[ \t]*[<\"](recorders/)?([a-z]+)/")
                continue()
            endif()
            set(used ${CMAKE_MATCH_2})
            if(used IN_LIST modules AND NOT used STREQUAL module
                    AND NOT used IN_LIST may_include_${module})
                complain(${file} "${include}" "${module} must not include ${used}")
            endif()
        endforeach()
    endforeach()
endfunction()

# A public header belongs to the storey of the source that has its name.
function(storey_of include result)
    set(${result} "" PARENT_SCOPE)
    if(include MATCHES "include[ \t]*\"core/([a-z]+)/")
        set(${result} ${CMAKE_MATCH_1} PARENT_SCOPE)
    elseif(include MATCHES "include[ \t]*<recorders/core/([a-z]+)\\.h>")
        file(GLOB source RELATIVE ${ROOT}/src/core ${ROOT}/src/core/*/${CMAKE_MATCH_1}.cpp)
        if(source)
            get_filename_component(storey ${source} DIRECTORY)
            set(${result} ${storey} PARENT_SCOPE)
        endif()
    endif()
endfunction()

function(check_storey storey)
    file(GLOB_RECURSE files ${ROOT}/src/core/${storey}/*.h ${ROOT}/src/core/${storey}/*.cpp)
    foreach(file IN LISTS files)
        includes_of(${file} includes)
        foreach(include IN LISTS includes)
            storey_of("${include}" used)
            if(NOT used)
                continue()
            endif()
            if(NOT used STREQUAL storey AND NOT used IN_LIST may_include_${storey})
                complain(${file} "${include}" "core/${storey} must not include core/${used}")
            endif()
        endforeach()
    endforeach()
endfunction()

function(check_storeys)
    foreach(storey IN LISTS storeys)
        check_storey(${storey})
    endforeach()
    file(GLOB homeless ${ROOT}/src/core/*.h ${ROOT}/src/core/*.cpp)
    foreach(file IN LISTS homeless)
        complain(${file} "" "a source of core is in the folder of a storey")
    endforeach()
endfunction()

# Public headers are read without src/.
function(check_public_headers)
    file(GLOB_RECURSE files ${ROOT}/include/*.h)
    foreach(file IN LISTS files)
        includes_of(${file} includes)
        foreach(include IN LISTS includes)
            if(include MATCHES "_p\\.h[>\"]")
                complain(${file} "${include}" "a public header must not include a private one")
            elseif(include MATCHES "include[ \t]*\"")
                complain(${file} "${include}" "a public header includes others as <recorders/...>")
            endif()
        endforeach()
    endforeach()
endfunction()

# The inspector and the QML module are other libraries: private headers of the first are none of
# their business.
function(check_private_headers)
    file(GLOB_RECURSE files ${ROOT}/inspector/*.h ${ROOT}/inspector/*.cpp
        ${ROOT}/src/qml/*.h ${ROOT}/src/qml/*.cpp)
    foreach(file IN LISTS files)
        set(others "core|metrics|model|qml")
        if(file MATCHES "/src/qml/")
            set(others "core|metrics|model")
        endif()
        includes_of(${file} includes)
        foreach(include IN LISTS includes)
            if(include MATCHES "[<\"](${others})/([a-z]+/)?[a-z]+_p\\.h[>\"]")
                complain(${file} "${include}" "a private header of another library")
            endif()
        endforeach()
    endforeach()
endfunction()

function(check_without_qt)
    foreach(name IN LISTS without_qt)
        if(NOT EXISTS ${ROOT}/${name})
            message(SEND_ERROR "${name}: listed as free of Qt, but there is no such file")
            continue()
        endif()
        includes_of(${ROOT}/${name} includes)
        foreach(include IN LISTS includes)
            if(include MATCHES "recorders/core/eventlane\\.h") # one of them itself
                continue()
            endif()
            if(include MATCHES "include[ \t]*[<\"](Q[A-Z]|Qt|q[a-z]+\\.h|recorders/)")
                complain(${ROOT}/${name} "${include}" "lock-free code must not include Qt")
            endif()
        endforeach()
    endforeach()
endfunction()

# Examples are what users write: installed headers only.
function(check_examples)
    file(GLOB_RECURSE files ${ROOT}/examples/*.h ${ROOT}/examples/*.cpp)
    foreach(file IN LISTS files)
        includes_of(${file} includes)
        foreach(include IN LISTS includes)
            if(include MATCHES "_p\\.h[>\"]" OR include MATCHES "[<\"](\\.\\./)*src/"
                    OR include MATCHES "[<\"](core|metrics|model|qml)/")
                complain(${file} "${include}" "an example uses installed headers only")
            endif()
        endforeach()
    endforeach()
    file(GLOB_RECURSE lists ${ROOT}/examples/CMakeLists.txt)
    foreach(file IN LISTS lists)
        file(STRINGS ${file} lines REGEX "(SOURCE_DIR}|\\.\\.)/src")
        foreach(line IN LISTS lines)
            complain(${file} "${line}" "an example uses installed headers only")
        endforeach()
    endforeach()
endfunction()

# QFuture::then() and its like race with the thread that finishes the future: Qt 6.4.2 and 6.8.2
# crash now and then. A QFutureWatcher does not.
function(check_continuations)
    foreach(directory src include inspector examples tests)
        file(GLOB_RECURSE files ${ROOT}/${directory}/*.h ${ROOT}/${directory}/*.cpp)
        foreach(file IN LISTS files)
            file(STRINGS ${file} lines
                REGEX "(\\.|->)[ \t]*(then|onFailed|onCanceled)[ \t]*[(<]")
            foreach(line IN LISTS lines)
                complain(${file} "${line}" "a future is watched with a QFutureWatcher")
            endforeach()
        endforeach()
    endforeach()
endfunction()

foreach(module IN LISTS modules)
    check_module(${module})
endforeach()
check_storeys()
check_public_headers()
check_private_headers()
check_without_qt()
check_examples()
check_continuations()
