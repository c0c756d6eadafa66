// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorshortcut.h>

#include <recorders/core/metricsruntime.h>
#include <recorders/inspector/inspectorwindow.h>

#include <QApplication>
#include <QKeyEvent>
#include <QLoggingCategory>
#include <QPointer>

namespace Recorders {

namespace {

Q_LOGGING_CATEGORY(lcShortcut, "recorders.inspector.shortcut")

bool hasApplication()
{
    return qobject_cast<QApplication *>(QCoreApplication::instance());
}

} // namespace

class InspectorShortcutPrivate
{
public:
    bool isPressedBy(const QKeyEvent &event) const;

    QPointer<MetricsRuntime> runtime;
    QKeySequence key = Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_I;
    std::unique_ptr<InspectorWindow> window;
};

bool InspectorShortcutPrivate::isPressedBy(const QKeyEvent &event) const
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    return !key.isEmpty() && key[0] == QKeyCombination(modifiers, Qt::Key(event.key()));
}

/*!
    \class Recorders::InspectorShortcut
    \inheaderfile recorders/inspector/inspectorshortcut.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The InspectorShortcut class opens an inspector when its keys are pressed in any window of
    the application.

    It lives in the GUI thread. The keys are Ctrl+Alt+Shift+I, unless setKey() says otherwise. They
    work in windows of Qt Widgets and of Qt Quick. Where the application uses the same keys for
    something else, that goes first.

    \code
    QApplication app(argc, argv);
    Recorders::MetricsRuntime runtime(QStringLiteral("example.metrics"));
    Recorders::InspectorShortcut inspector(&runtime);
    \endcode

    The window is made when it is wanted for the first time. Until then, and while it is closed, it
    costs nothing. It does not keep the application running when all other windows are closed.

    Without a QApplication there are no windows: it does nothing then, and says so in a warning.
*/

/*!
    Makes the keys open a window for \a runtime, with the given \a parent. It does not take
    ownership of \a runtime, which may end first.
*/
InspectorShortcut::InspectorShortcut(MetricsRuntime *runtime, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<InspectorShortcutPrivate>())
{
    d->runtime = runtime;
    if (!hasApplication()) {
        qCWarning(lcShortcut, "InspectorShortcut: there must be a QApplication before it");
        return;
    }
    qApp->installEventFilter(this);
    // A widget must not outlive the application.
    connect(qApp, &QCoreApplication::aboutToQuit, this, [this] { d->window.reset(); });
}

InspectorShortcut::~InspectorShortcut() = default;

/*!
    Returns the keys that open the window.
*/
QKeySequence InspectorShortcut::key() const
{
    return d->key;
}

/*!
    Opens the window by \a key instead. No key at all leaves it to open(). Of several keys to be
    pressed one after the other it warns, and nothing changes.
*/
void InspectorShortcut::setKey(const QKeySequence &key)
{
    if (key.count() > 1) {
        qCWarning(lcShortcut, "setKey: \"%ls\" must be one key with its modifiers",
                  qUtf16Printable(key.toString()));
        return;
    }
    d->key = key;
}

/*!
    Returns the window, or null if it was not opened yet.
*/
InspectorWindow *InspectorShortcut::window() const
{
    return d->window.get();
}

/*!
    Opens the window. If it is open, brings it to the front.
*/
void InspectorShortcut::open()
{
    if (!hasApplication()) {
        qCWarning(lcShortcut, "open: there must be a QApplication");
        return;
    }
    if (!d->window) {
        d->window = std::make_unique<InspectorWindow>(d->runtime);
        d->window->setAttribute(Qt::WA_QuitOnClose, false);
    }
    d->window->setWindowState(d->window->windowState() & ~Qt::WindowMinimized);
    d->window->show();
    d->window->raise();
    d->window->activateWindow();
}

/*!
    \reimp
*/
bool InspectorShortcut::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto *keyEvent = static_cast<QKeyEvent *>(event);
    if (!d->isPressedBy(*keyEvent))
        return QObject::eventFilter(watched, event);
    if (!keyEvent->isAutoRepeat())
        open();
    return true;
}

} // namespace Recorders
