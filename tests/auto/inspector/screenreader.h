// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Testing {

// As if a screen reader came or went. False: only the private headers of Qt could do that.
bool setScreenReader(bool isThere);

} // namespace Testing
