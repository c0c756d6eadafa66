// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

// A client names a file by its number in the server's list. The server answers with the size of
// the file and its bytes. Numbers are in network byte order (QDataStream).
namespace TransferProtocol {

using FileNumber = quint32; // the whole request
using FileSize = qint64; // the header of the answer

inline constexpr FileSize unavailable = -1; // no bytes follow

} // namespace TransferProtocol
