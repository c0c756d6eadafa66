// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwindow.h>

#include "widgets/applicationend_p.h"
#include "widgets/inspectorsettings_p.h"

#include <recorders/inspector/inspectorwidget.h>

#include <QAction>
#include <QHideEvent>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>

#include <utility>

namespace Recorders {

using namespace Internal;

namespace {

QString geometryKey()
{
    return InspectorSettings::key(QStringLiteral("window/geometry"));
}

} // namespace

/*!
    \class Recorders::InspectorWindow
    \inheaderfile recorders/inspector/inspectorwindow.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The InspectorWindow class shows the recorders of a runtime, live.

    The window lives in the GUI thread. It is an InspectorWidget with a menu bar. While it is hidden
    or minimized it asks for nothing, and it may outlive the runtime. When the application object is
    destroyed first, it is hidden and emptied.

    \code
    Recorders::InspectorWindow inspector(&runtime);
    inspector.show();
    \endcode

    \sa InspectorWidget, InspectorShortcut
*/

/*!
    Constructs a window for \a runtime, with the given \a parent. If \a runtime is null, the
    window says so. It does not take ownership.
*/
InspectorWindow::InspectorWindow(MetricsRuntime *runtime, QWidget *parent)
    : QMainWindow(parent)
{
    initialize(new InspectorWidget(runtime, this));
}

/*!
    Constructs a window for \a source, with the given \a parent. If \a source is null, the
    window says so. It does not take ownership.
*/
InspectorWindow::InspectorWindow(SnapshotSource *source, QWidget *parent)
    : QMainWindow(parent)
{
    initialize(new InspectorWidget(source, this));
}

InspectorWindow::~InspectorWindow()
{
    if (isVisible())
        keepGeometry();
}

void InspectorWindow::initialize(InspectorWidget *widget)
{
    setWindowTitle(widget->windowTitle());
    setCentralWidget(widget);
    connect(widget, &InspectorWidget::thresholdCrossed, this, &InspectorWindow::thresholdCrossed);
    setContextMenuPolicy(Qt::PreventContextMenu);

    auto *close = new QAction(tr("&Close"), this);
    close->setObjectName(QStringLiteral("close"));
    close->setShortcut(Qt::CTRL | Qt::Key_W);
    connect(close, &QAction::triggered, this, &QWidget::close);
    const QList<QMenu *> menus = widget->menus();
    for (QMenu *menu : menus)
        menuBar()->addMenu(menu);
    menus.first()->addSeparator();
    menus.first()->addAction(close);
    // Nothing else is in the window that they could get in the way of.
    const QList<QAction *> actions = widget->actions();
    for (QAction *action : actions)
        action->setShortcutContext(Qt::WindowShortcut);

    const QSize character(fontMetrics().horizontalAdvance(u'0'), fontMetrics().height());
    const QSize wanted(character.width() * 152, character.height() * 44);
    resize(wanted.boundedTo(screen()->availableSize() * 9 / 10));
    m_firstSize = size();
    widget->setFocus();
    // A visible one could not be destroyed later.
    m_end = std::make_unique<const ApplicationEnd>([this] { hide(); });
}

QSettings *InspectorWindow::settings() const
{
    const auto *widget = qobject_cast<InspectorWidget *>(centralWidget());
    return widget ? widget->settings() : nullptr;
}

void InspectorWindow::keepGeometry()
{
    if (QSettings *kept = settings())
        kept->setValue(geometryKey(), saveGeometry());
}

/*!
    \reimp
*/
void InspectorWindow::showEvent(QShowEvent *event)
{
    const QSettings *kept = settings();
    // Unless the application has given it a size of its own.
    if (kept && std::exchange(m_firstSize, QSize()) == size())
        restoreGeometry(kept->value(geometryKey()).toByteArray());
    QMainWindow::showEvent(event);
}

/*!
    \reimp
*/
void InspectorWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    if (!event->spontaneous())
        keepGeometry();
}

/*!
    \fn void InspectorWindow::thresholdCrossed(const QString &entityId, const QString &metric, const QString &dimension, const QVariant &value)

    This signal is emitted when the \a value of the \a dimension of a \a metric in the recorder
    \a entityId goes beyond a threshold that the user has set.

    \sa InspectorWidget::thresholdCrossed()
*/

} // namespace Recorders
