// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <functional>

namespace Recorders::Internal {

/*
    Calls back once, when the application object is about to be destroyed and widgets can still be
    hidden and destroyed in order. Later they cannot: QWidget::hide() and the destructor of a
    visible widget need an application object, and so does the destructor of a toolbar.

    To be used in the GUI thread. The last one that was made is called first.
*/
class ApplicationEnd final
{
public:
    explicit ApplicationEnd(std::function<void()> call); // there is an application object
    ~ApplicationEnd();

private:
    Q_DISABLE_COPY_MOVE(ApplicationEnd)

    static void callAll();

    std::function<void()> m_call; // may destroy this
};

} // namespace Recorders::Internal
