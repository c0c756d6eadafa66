// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwindow.h>

#include "widgets/emptycontent.h"
#include "widgets/emptystate.h"
#include "widgets/expansionmemory.h"
#include "widgets/inspectoractions.h"
#include "widgets/pauseclock.h"
#include "widgets/quiettoolbar.h"
#include "widgets/searchfield.h"
#include "widgets/snapshotfilter.h"
#include "widgets/snapshottreeview.h"
#include "widgets/statussummary.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/model/snapshotmodel.h>

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>

namespace Recorders {

using namespace Internal;

namespace {

// Above this many rows, a search waits for the end of the word.
constexpr qsizetype manyRows = 5000;
constexpr std::chrono::milliseconds typingDelay{ 50 };
constexpr std::chrono::milliseconds recountDelay{ 250 };

} // namespace

class InspectorWindowPrivate
{
public:
    explicit InspectorWindowPrivate(InspectorWindow *window);

    void setSource(SnapshotSource *source);

    void makeToolBar();
    void makePages();
    void connectActions();
    void connectModel();

    void search(const QString &text);
    void countHits();
    void togglePause(bool paused);
    void updateActivity();
    void updateAll();
    void updateState();
    void updatePage();
    void showEmpty(const EmptyState::Content &content);
    EmptyState::Content emptyContent() const;
    QString stateText() const;
    bool isOver() const;

    InspectorWindow *const q;
    SnapshotModel model;
    SnapshotFilter filter;
    InspectorActions actions;
    PauseClock pauseClock;
    QTimer recount;
    SnapshotTreeView *view = nullptr;
    ExpansionMemory *expansion = nullptr;
    EmptyState *empty = nullptr;
    QStackedWidget *pages = nullptr;
    SearchField *searchField = nullptr;
    QLabel *hits = nullptr;
    StatusSummary *summary = nullptr;
    QString sourceName; // also when the source is gone
    bool hadSource = false;
    bool hasUpdate = false;
    bool isPaused = false; // by the user; a hidden window pauses the model, too
};

InspectorWindowPrivate::InspectorWindowPrivate(InspectorWindow *window)
    : q(window)
    , actions(window)
{
    filter.setSourceModel(&model);
    recount.setSingleShot(true);
    recount.setInterval(recountDelay);
    makePages();
    makeToolBar();
    actions.fillMenus(q);
    summary = new StatusSummary(q);
    summary->setObjectName(QStringLiteral("summary"));
    q->statusBar()->addWidget(summary, 1);
    q->statusBar()->setSizeGripEnabled(false);
    q->setContextMenuPolicy(Qt::PreventContextMenu);
    connectActions();
    connectModel();
    model.setPaused(true); // until the window is shown
}

void InspectorWindowPrivate::makePages()
{
    view = new SnapshotTreeView(q);
    view->setObjectName(QStringLiteral("tree"));
    view->setModel(&filter);
    view->addActions({ actions.copy, actions.expand, actions.collapse });
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    expansion = new ExpansionMemory(view, &filter);
    QObject::connect(&filter, &SnapshotFilter::valuesChanged, view->viewport(),
                     qOverload<>(&QWidget::update));
    empty = new EmptyState(q);
    empty->setObjectName(QStringLiteral("empty"));
    pages = new QStackedWidget(q);
    pages->addWidget(view);
    pages->addWidget(empty);
    q->setCentralWidget(pages);
}

void InspectorWindowPrivate::makeToolBar()
{
    searchField = new SearchField(q);
    searchField->setObjectName(QStringLiteral("search"));
    searchField->setMaximumWidth(searchField->sizeHint().width() * 3 / 2);
    hits = new QLabel(q);
    hits->setObjectName(QStringLiteral("hits"));
    hits->setContentsMargins(hits->fontMetrics().height() / 2, 0, 0, 0);
    auto *space = new QWidget(q);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);

    auto *bar = new QuietToolBar(InspectorWindow::tr("Tools"), q);
    q->addToolBar(bar);
    bar->addWidget(searchField);
    bar->addWidget(hits);
    bar->addWidget(space);
    bar->addActions({ actions.pause, actions.refresh, actions.expand, actions.collapse });
    auto *pauseButton = qobject_cast<QToolButton *>(bar->widgetForAction(actions.pause));
    pauseButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    // Whatever it says, the buttons beside it stay where they are.
    actions.setPaused(true);
    const int width = pauseButton->sizeHint().width();
    actions.setPaused(false);
    pauseButton->setFixedWidth(qMax(width, pauseButton->sizeHint().width()));
    const QList<QAction *> shown = bar->actions();
    for (QAction *action : shown) {
        if (auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(action)))
            button->setAccessibleName(action->text().remove(u'&'));
    }
}

void InspectorWindowPrivate::connectActions()
{
    QObject::connect(actions.close, &QAction::triggered, q, &QWidget::close);
    QObject::connect(actions.copy, &QAction::triggered, view, &SnapshotTreeView::copySelection);
    QObject::connect(actions.selectAll, &QAction::triggered, view, &QTreeView::selectAll);
    QObject::connect(actions.find, &QAction::triggered, searchField, [this] {
        searchField->setFocus(Qt::ShortcutFocusReason);
        searchField->selectAll();
    });
    QObject::connect(actions.pause, &QAction::toggled, q,
                     [this](bool paused) { togglePause(paused); });
    QObject::connect(actions.refresh, &QAction::triggered, &model, &SnapshotModel::refresh);
    QObject::connect(actions.expand, &QAction::triggered, view, &SnapshotTreeView::expandRecorders);
    QObject::connect(actions.collapse, &QAction::triggered, view, &QTreeView::collapseAll);
    QObject::connect(searchField, &SearchField::searched, q,
                     [this](const QString &text) { search(text); });
    QObject::connect(searchField, &SearchField::left, view, [this] { view->setFocus(); });
    QObject::connect(empty, &EmptyState::buttonClicked, searchField, [this] {
        searchField->clear();
        searchField->setFocus();
    });
    QObject::connect(&pauseClock, &PauseClock::ticked, q, [this] { updateState(); });
    QObject::connect(&recount, &QTimer::timeout, q, [this] { countHits(); });
    QObject::connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, q,
                     [this] { actions.copy->setEnabled(view->hasSelection()); });
    actions.copy->setEnabled(false);
}

void InspectorWindowPrivate::connectModel()
{
    QObject::connect(&model, &SnapshotModel::updated, q, [this] {
        hasUpdate = true;
        if (isPaused)
            pauseClock.start(); // it was asked for by hand, and is up to date for now
        updateAll();
    });
    QObject::connect(&model, &SnapshotModel::endedChanged, q, [this] { updateAll(); });
    QObject::connect(&model, &SnapshotModel::sourceChanged, q, [this] { updateAll(); });
    const auto recountLater = [this] {
        if (filter.isActive() && !recount.isActive())
            recount.start();
    };
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, q, recountLater);
    QObject::connect(&model, &QAbstractItemModel::rowsRemoved, q, recountLater);
}

void InspectorWindowPrivate::setSource(SnapshotSource *source)
{
    if (source) {
        hadSource = true;
        sourceName = source->name();
        QObject::connect(source, &SnapshotSource::stateChanged, q, [this] { updateAll(); });
    }
    q->setWindowTitle(sourceName.isEmpty() ? InspectorWindow::tr("Inspector")
                                           : InspectorWindow::tr("%1 - Inspector").arg(sourceName));
    updateAll();
}

void InspectorWindowPrivate::search(const QString &text)
{
    filter.setText(text);
    if (filter.isActive())
        expansion->expandHits();
    else
        expansion->restore();
    countHits();
    updatePage();
}

void InspectorWindowPrivate::countHits()
{
    recount.stop();
    QString text;
    if (filter.isActive()) {
        const int count = filter.hitCount();
        text = count == 1 ? InspectorWindow::tr("1 hit")
                          : InspectorWindow::tr("%1 hits").arg(count);
    }
    hits->setText(text);
    updatePage();
}

void InspectorWindowPrivate::togglePause(bool paused)
{
    isPaused = paused;
    actions.setPaused(paused);
    if (paused)
        pauseClock.start();
    else
        pauseClock.stop();
    updateActivity();
    updateState();
}

// What nobody sees costs nothing.
void InspectorWindowPrivate::updateActivity()
{
    const bool isSeen = q->isVisible() && !q->isMinimized();
    model.setPaused(isPaused || !isSeen);
    pauseClock.setTicking(isSeen);
}

void InspectorWindowPrivate::updateAll()
{
    SnapshotModel::Totals totals = model.totals();
    if (isOver())
        totals.eventsPerSecond = 0;
    summary->setTotals(totals);
    searchField->setDelay(totals.metrics > manyRows ? typingDelay : std::chrono::milliseconds(0));
    view->setDimmed(isOver());
    updateState();
    updatePage();
}

void InspectorWindowPrivate::updateState()
{
    summary->setState(stateText());
}

bool InspectorWindowPrivate::isOver() const
{
    return hadSource
            && (!model.source() || model.isEnded()
                || model.source()->state() == RuntimeState::Stopped);
}

QString InspectorWindowPrivate::stateText() const
{
    if (!hadSource)
        return InspectorWindow::tr("\u25cb no runtime");
    if (isOver())
        return InspectorWindow::tr("\u25cc ended");
    if (isPaused)
        return pauseClock.text();
    switch (model.source()->state()) {
    case RuntimeState::Created:
        return InspectorWindow::tr("\u25cb not started");
    case RuntimeState::Starting:
        return InspectorWindow::tr("\u25cb starting");
    case RuntimeState::Stopping:
        return InspectorWindow::tr("\u25cc stopping");
    case RuntimeState::Failed:
        return InspectorWindow::tr("\u2715 failed");
    default:
        return InspectorWindow::tr("\u25cf live");
    }
}

void InspectorWindowPrivate::updatePage()
{
    if (model.rowCount() == 0) {
        showEmpty(emptyContent());
    } else if (filter.isActive() && filter.rowCount() == 0) {
        const SnapshotModel::Totals totals = model.totals();
        showEmpty(nothingMatches(filter.text(), totals.recorders, totals.metrics));
    } else {
        pages->setCurrentWidget(view);
    }
}

void InspectorWindowPrivate::showEmpty(const EmptyState::Content &content)
{
    empty->setContent(content);
    pages->setCurrentWidget(empty);
}

EmptyState::Content InspectorWindowPrivate::emptyContent() const
{
    if (!hadSource)
        return noRuntime();
    if (isOver())
        return ended(sourceName);
    const RuntimeState state = model.source()->state();
    if (state == RuntimeState::Failed)
        return failed(sourceName);
    if (state == RuntimeState::Created || state == RuntimeState::Starting)
        return notStarted(sourceName, state);
    return hasUpdate ? noRecorders(sourceName) : waiting(sourceName);
}

/*!
    \class Recorders::InspectorWindow
    \inheaderfile recorders/inspector/inspectorwindow.h
    \inmodule Recorders
    \brief The InspectorWindow class shows the recorders of a runtime, live.

    The window lives in the GUI thread. It reads snapshots only, never a recorder, and never
    waits for the thread that they come from. While it is hidden or minimized it asks for
    nothing. It may outlive the runtime: what was shown last is kept, and marked as ended.

    \code
    Recorders::InspectorWindow inspector(&runtime);
    inspector.show();
    \endcode
*/

/*!
    Constructs a window for \a runtime, with the given \a parent. If \a runtime is null, the
    window says so. It does not take ownership.
*/
InspectorWindow::InspectorWindow(MetricsRuntime *runtime, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<InspectorWindowPrivate>(this))
{
    initialize();
    d->model.setRuntime(runtime);
    d->setSource(d->model.source());
}

/*!
    Constructs a window for \a source, with the given \a parent. If \a source is null, the
    window says so. It does not take ownership.
*/
InspectorWindow::InspectorWindow(SnapshotSource *source, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<InspectorWindowPrivate>(this))
{
    initialize();
    d->model.setSource(source);
    d->setSource(source);
}

// Widgets are children, which would go after what they show.
InspectorWindow::~InspectorWindow()
{
    delete takeCentralWidget();
}

void InspectorWindow::initialize()
{
    const QSize character(fontMetrics().horizontalAdvance(u'0'), fontMetrics().height());
    const QSize wanted(character.width() * 112, character.height() * 40);
    resize(wanted.boundedTo(screen()->availableSize() * 9 / 10));
    d->view->setFocus();
}

/*!
    \reimp
*/
void InspectorWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    d->updateActivity();
}

/*!
    \reimp
*/
void InspectorWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    d->updateActivity();
}

/*!
    \reimp
*/
void InspectorWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        d->updateActivity();
}

} // namespace Recorders
