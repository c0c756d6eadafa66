// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/snapshotrow_p.h"

#include <QByteArray>

namespace Recorders::Internal {

enum class RowFormat { Csv, Json };

// Titles, then a line for each row. Values are exact, not rounded.
QString toText(const QList<SnapshotRow> &rows); // separated by tabs
QString toHtml(const QList<SnapshotRow> &rows); // a table
QByteArray toCsv(const QList<SnapshotRow> &rows); // RFC 4180, UTF-8
QByteArray toJson(const QList<SnapshotRow> &rows); // an array of objects
QByteArray toBytes(const QList<SnapshotRow> &rows, RowFormat format);

} // namespace Recorders::Internal
