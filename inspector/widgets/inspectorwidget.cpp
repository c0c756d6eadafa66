// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwidget.h>

#include "widgets/applicationend_p.h"
#include "widgets/columnchoice_p.h"
#include "widgets/columnmenu_p.h"
#include "widgets/detailpane_p.h"
#include "widgets/detailsplitter_p.h"
#include "widgets/fontzoom_p.h"
#include "widgets/gomenu_p.h"
#include "widgets/inspectoractions_p.h"
#include "widgets/inspectoractivity_p.h"
#include "widgets/inspectoralerts_p.h"
#include "widgets/inspectorcommands_p.h"
#include "widgets/inspectorcost_p.h"
#include "widgets/inspectorlayout_p.h"
#include "widgets/inspectorpace_p.h"
#include "widgets/inspectorpages_p.h"
#include "widgets/inspectorpins_p.h"
#include "widgets/inspectorsearch_p.h"
#include "widgets/inspectorstatus_p.h"
#include "widgets/inspectortoolbar_p.h"
#include "widgets/keptmarks_p.h"
#include "widgets/keymapwindow_p.h"
#include "widgets/marklist_p.h"
#include "widgets/markmenu_p.h"
#include "widgets/noticebar_p.h"
#include "widgets/pacedcall_p.h"
#include "widgets/pinstrip_p.h"
#include "widgets/refreshmenu_p.h"
#include "widgets/sightwatch_p.h"
#include "widgets/snapshotviews_p.h"
#include "widgets/sortmenu_p.h"
#include "widgets/sourcestate_p.h"
#include "widgets/spacekey_p.h"
#include "widgets/statussummary_p.h"
#include "widgets/workmeter_p.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/model/snapshotmodel.h>

#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <functional>
#include <utility>

namespace Recorders {

using namespace Internal;

// The parts of the inspector, and what they tell each other.
class InspectorWidgetPrivate
{
public:
    InspectorWidgetPrivate(InspectorWidget *widget, std::function<void()> release);

    void setSource(SnapshotSource *source);

    void layOut();
    void fillGoMenu();
    void connectParts();
    void connectModel();
    void connectCost();
    void connectWatch();
    void restore();
    void restoreKept();

    void showCurrentView();
    void showMark();
    void updateAll();
    void updateParts();

    InspectorWidget *const q;
    const ApplicationEnd end;
    SnapshotModel model;
    SourceState state;
    InspectorActions actions;
    SightWatch *const sight;
    RefreshMenu *const refreshRates;
    SortMenu *const sortMenu;
    ColumnChoice columns;
    ColumnMenu *const columnMenu;
    MarkList marks;
    MarkMenu *const markMenu;
    GoMenu *const goMenu;
    const QList<QMenu *> menus;
    InspectorToolBar *const toolBar;
    StatusSummary *const summary;
    NoticeBar *const notice;
    QStackedWidget *const stack;
    DetailPane *const detail;
    SnapshotViews views;
    FontZoom zoom;
    InspectorLayout arrangement;
    KeptMarks keptMarks;
    InspectorCommands commands;
    InspectorPins pins;
    InspectorAlerts alerts;
    InspectorSearch search;
    InspectorPages pages;
    InspectorActivity activity;
    InspectorStatus status;
    WorkMeter meter;
    InspectorPace pace;
    InspectorCost cost;
    PacedCall summing;
};

InspectorWidgetPrivate::InspectorWidgetPrivate(InspectorWidget *widget,
                                               std::function<void()> release)
    : q(widget)
    , end(std::move(release))
    , state(model)
    , actions(widget)
    , sight(new SightWatch(widget))
    , refreshRates(new RefreshMenu(widget))
    , sortMenu(new SortMenu(widget))
    , columnMenu(new ColumnMenu(&columns, actions.delta, widget))
    , marks(&model)
    , markMenu(new MarkMenu(actions, &marks, widget))
    , goMenu(new GoMenu(widget))
    , menus(actions.newMenus({ refreshRates, sortMenu, columnMenu, markMenu, goMenu }, widget))
    , toolBar(new InspectorToolBar(actions, refreshRates, markMenu, menus, widget))
    , summary(new StatusSummary(widget))
    , notice(new NoticeBar(widget))
    , stack(new QStackedWidget(widget))
    , detail(new DetailPane(widget))
    , views(&model, &columns, stack)
    , zoom(actions, widget)
    , arrangement(actions, sight, &views, refreshRates, &zoom)
    , keptMarks(&marks, arrangement.kept())
    , commands(actions, &views, widget)
    , pins(actions.pin, &model, &views, arrangement.kept(), widget)
    , alerts(actions, &model, &views, arrangement.kept(), widget)
    , search(actions, toolBar, &views)
    , pages(stack, &views, model, state)
    , activity(&actions, sight, &views, detail)
    , status(summary, model, state, activity, views)
    , pace(meter, refreshRates, &views)
    , cost(&meter, pace, *detail, summary)
    , summing([this] { status.update(); })
{
    new SpaceKey(widget);
    summary->setObjectName(QStringLiteral("summary"));
    notice->setObjectName(QStringLiteral("notice"));
    detail->setSelection(views.view()->selectionModel());
    detail->setCompareAction(actions.compare);
    layOut();
    connectParts();
    connectModel();
    connectCost();
    connectWatch();
    sortMenu->setViews(&views);
    columnMenu->setViews(&views);
    fillGoMenu();
    restore();
}

void InspectorWidgetPrivate::layOut()
{
    auto *rows = new QWidget(q);
    auto *column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(pins.strip());
    column->addWidget(stack, 1);
    auto *layout = new QVBoxLayout(q);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(toolBar);
    layout->addWidget(new DetailSplitter(rows, detail, q), 1);
    layout->addWidget(notice);
    layout->addWidget(summary);
    q->setFocusProxy(stack);
    q->setAccessibleName(InspectorWidget::tr("Inspector"));
}

void InspectorWidgetPrivate::fillGoMenu()
{
    goMenu->addPart(InspectorWidget::tr("&Rows"), Qt::CTRL | Qt::Key_1,
                    [this] { return stack->currentWidget(); });
    goMenu->addPart(InspectorWidget::tr("&Details"), Qt::CTRL | Qt::Key_2,
                    [this] { return detail; });
    goMenu->addPart(InspectorWidget::tr("&Pinned Rows"), Qt::CTRL | Qt::Key_3,
                    [this] { return pins.strip(); });
    goMenu->addPart(InspectorWidget::tr("&Status"), Qt::CTRL | Qt::Key_4,
                    [this] { return summary; });
}

void InspectorWidgetPrivate::connectParts()
{
    QObject::connect(actions.keys, &QAction::triggered, q,
                     [this] { KeyMapWindow::open(menus, q); });
    QObject::connect(actions.refresh, &QAction::triggered, detail, &DetailPane::refresh);
    QObject::connect(&commands, &InspectorCommands::reported, notice, &NoticeBar::say);
    QObject::connect(&commands, &InspectorCommands::progressed, notice, &NoticeBar::showProgress);
    QObject::connect(notice, &NoticeBar::canceled, &commands, &InspectorCommands::cancel);
    QObject::connect(&search, &InspectorSearch::finished, &pages, &InspectorPages::update);
    QObject::connect(summary, &StatusSummary::searchWanted, &search, &InspectorSearch::setText);
    QObject::connect(&pages, &InspectorPages::clearSearchClicked, &search, &InspectorSearch::clear);
    QObject::connect(&pages, &InspectorPages::rowsShown, detail, &QWidget::setVisible);
    QObject::connect(&views, &SnapshotViews::switched, q, [this] { showCurrentView(); });
    QObject::connect(&marks, &MarkList::changed, q, [this] { showMark(); });
    QObject::connect(&marks, &MarkList::added, notice, [this](const SnapshotMark &mark) {
        notice->say(InspectorWidget::tr("%1 is set: what changes from now on is shown beside it")
                            .arg(mark.name()));
    });
}

void InspectorWidgetPrivate::showMark()
{
    views.setMark(marks.current());
    columns.setDeltaShown(!marks.current().isNull());
}

void InspectorWidgetPrivate::connectModel()
{
    QObject::connect(&model, &SnapshotModel::updated, q, [this] {
        state.setUpdated();
        activity.setUpdated();
        updateParts();
        summing.request();
    });
    QObject::connect(&views, &SnapshotViews::updated, q, [this] { updateParts(); });
    QObject::connect(&model, &SnapshotModel::bytePrefixChanged, detail, &DetailPane::setBytePrefix);
    QObject::connect(&model, &SnapshotModel::bytePrefixChanged, &cost,
                     &InspectorCost::setBytePrefix);
    QObject::connect(&model, &SnapshotModel::endedChanged, q, [this] { updateAll(); });
    QObject::connect(&model, &SnapshotModel::errorStringChanged, q, [this] { updateAll(); });
    QObject::connect(&model, &SnapshotModel::sourceChanged, q, [this] { updateAll(); });
}

void InspectorWidgetPrivate::connectWatch()
{
    pins.strip()->setAlerts(&alerts.watch());
    QObject::connect(summary, &StatusSummary::alertsWanted, &alerts, &InspectorAlerts::showList);
    QObject::connect(&alerts, &InspectorAlerts::alertsChanged, summary,
                     [this] { summary->setAlerts(alerts.summary()); });
    QObject::connect(&alerts, &InspectorAlerts::markWanted, &marks, &MarkList::add);
    QObject::connect(&alerts, &InspectorAlerts::crossed, q,
                     [this](const Threshold &threshold, const QString &id, const QVariant &value) {
                         Q_EMIT q->thresholdCrossed(id, threshold.metric, threshold.dimension,
                                                    value);
                     });
}

void InspectorWidgetPrivate::restore()
{
    arrangement.restore();
    restoreKept();
}

void InspectorWidgetPrivate::restoreKept()
{
    keptMarks.restore();
    pins.restore();
    alerts.restore();
    showMark(); // whatever was shown last time
}

// The last one to be told of an update, so that what others do then is counted.
void InspectorWidgetPrivate::connectCost()
{
    meter.watchPainting(q);
    views.measureBy(&meter);
    QObject::connect(&activity, &InspectorActivity::liveChanged, &pace, &InspectorPace::setActive);
    QObject::connect(sight, &SightWatch::seenChanged, &cost, &InspectorCost::setActive);
}

void InspectorWidgetPrivate::setSource(SnapshotSource *source)
{
    state.setSource(source);
    detail->setSource(source);
    if (source)
        QObject::connect(source, &SnapshotSource::stateChanged, q, [this] { updateAll(); });
    q->setWindowTitle(state.name().isEmpty()
                              ? InspectorWidget::tr("Inspector")
                              : InspectorWidget::tr("%1 - Inspector").arg(state.name()));
    updateAll();
}

void InspectorWidgetPrivate::showCurrentView()
{
    detail->setSelection(views.view()->selectionModel());
    updateAll();
}

void InspectorWidgetPrivate::updateAll()
{
    updateParts();
    status.update();
}

// All but the summary, which is painted anew each time.
void InspectorWidgetPrivate::updateParts()
{
    views.setDimmed(state.isOver() || model.isStalled());
    actions.clearEnded->setEnabled(views.removedCount() > 0);
    pages.update();
}

/*!
    \class Recorders::InspectorWidget
    \inheaderfile recorders/inspector/inspectorwidget.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The InspectorWidget class shows the recorders of a runtime, live, as a part of a window.

    It lives in the GUI thread. It reads snapshots only, never a recorder, and never waits for the
    thread that they come from. While nobody can see it, because it is hidden, in a closed dock, in
    another tab, or in a minimized window, it asks for nothing. It may outlive the runtime: what was
    shown last is kept, and marked as ended. When the application object is destroyed first, its
    parts are destroyed then, and it is an empty widget from then on.

    It takes no more of the GUI thread than that has: when an update takes longer than the interval
    between two, they come less often, down to once in two seconds, and the summary says so. An
    export takes its rows some milliseconds at a time. They are those of the moment of the command:
    what is shown stands still until they are taken, and if it has to change all the same, because
    of another search or a refresh by hand, the rest is taken at once before it does.

    Rows that are pinned, and thresholds that are set for values, are kept by name in settings(),
    and apply to recorders that come later, too.

    Its shortcuts work while the keyboard is in it, so that they do not get in the way of those of
    the application.

    \code
    auto *dock = new QDockWidget(tr("Inspector"), this);
    dock->setWidget(new Recorders::InspectorWidget(&runtime));
    addDockWidget(Qt::BottomDockWidgetArea, dock);
    \endcode

    \sa InspectorWindow, InspectorShortcut
*/

/*!
    Constructs a widget for \a runtime, with the given \a parent. If \a runtime is null, the
    widget says so. It does not take ownership.
*/
InspectorWidget::InspectorWidget(MetricsRuntime *runtime, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<InspectorWidgetPrivate>(this, [this] { release(); }))
{
    d->model.setRuntime(runtime);
    d->setSource(d->model.source());
}

/*!
    Constructs a widget for \a source, with the given \a parent. If \a source is null, the
    widget says so. It does not take ownership.
*/
InspectorWidget::InspectorWidget(SnapshotSource *source, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<InspectorWidgetPrivate>(this, [this] { release(); }))
{
    d->model.setSource(source);
    d->setSource(source);
}

// Children would go after what they show.
InspectorWidget::~InspectorWidget()
{
    release();
}

void InspectorWidget::release()
{
    if (!d)
        return;
    if (SnapshotSource *const source = d->model.source())
        QObject::disconnect(source, nullptr, this, nullptr);
    if (d->sight->isSeen())
        d->arrangement.save();
    delete d->sight;
    qDeleteAll(findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    d.reset();
}

/*!
    Returns the menus with all that can be done in the widget, for a menu bar. They are in a button
    of its toolbar, too. The widget keeps their ownership.
*/
QList<QMenu *> InspectorWidget::menus() const
{
    return d ? d->menus : QList<QMenu *>();
}

/*!
    Returns where layout, order, units, text size and refresh rate are kept from one time to the
    next, or null if nowhere. If not told otherwise, this is a file of the inspector's own, not of
    the application.
*/
QSettings *InspectorWidget::settings() const
{
    return d ? d->arrangement.settings() : nullptr;
}

/*!
    Restores what is in \a settings, and keeps it there from now on. If \a settings is null, nothing
    is kept. It does not take ownership. What another version of the inspector has written is
    neither read nor changed.
*/
void InspectorWidget::setSettings(QSettings *settings)
{
    if (!d)
        return;
    d->arrangement.setSettings(settings);
    d->restoreKept();
}

/*!
    \fn void InspectorWidget::thresholdCrossed(const QString &entityId, const QString &metric, const QString &dimension, const QVariant &value)

    This signal is emitted, in the GUI thread and from its event loop, when the \a value of the \a dimension of a \a metric
    in the recorder \a entityId goes beyond a threshold that the user has set. For a threshold of
    its rate, \a value is the growth per second. A value that wavers crosses once: it has to come
    back by a twentieth of the threshold before it can cross again. What is not shown, because the
    widget is hidden or paused, is looked at when it is shown again.
*/

} // namespace Recorders
