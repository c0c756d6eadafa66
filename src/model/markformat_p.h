// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmark.h>

namespace Recorders::Internal {

/*
    A mark as CBOR: [version, name, time in ms of the epoch, recorders], of which each is
    [entity id, metrics], of which each is [name, values], of which each is
    [dimension, kind, unit, value]. Numbers, booleans and texts stay what they are, whatever else
    becomes the text that people read.
*/
inline constexpr qint64 markVersion = 1;

QByteArray toCbor(const SnapshotMark &mark);
SnapshotMark markFromCbor(const QByteArray &cbor, QString *errorString); // null: it is none

} // namespace Recorders::Internal
