// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/detailpane_p.h"

#include "plot/plotpane_p.h"
#include "plot/timeplot_p.h"
#include "widgets/comparepane_p.h"
#include "widgets/detailfigures_p.h"
#include "widgets/detailheader_p.h"
#include "widgets/detailmeaning_p.h"
#include "widgets/emptystate_p.h"

#include <QAction>
#include <QEvent>
#include <QItemSelectionModel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Recorders::Internal {

using namespace std::chrono_literals;

DetailPane::DetailPane(QWidget *parent)
    : QWidget(parent)
    , m_header(new DetailHeader)
    , m_plot(new PlotPane)
    , m_figures(new DetailFigures)
    , m_meaning(new DetailMeaning)
    , m_compare(new ComparePane)
    , m_nothing(new EmptyState)
    , m_content(new QWidget)
    , m_parts(new QVBoxLayout(m_content))
    , m_words(new QVBoxLayout)
    , m_pictures(new QVBoxLayout)
    , m_scroll(new QScrollArea)
{
    setObjectName(QStringLiteral("detail"));
    setAccessibleName(tr("Details"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_words->addWidget(m_header, 0, Qt::AlignTop);
    m_pictures->addWidget(m_plot, 3);
    m_pictures->addWidget(m_figures, 2);
    m_parts->addLayout(m_words);
    m_parts->addLayout(m_pictures, 1);
    place(false);
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setBackgroundRole(QPalette::Base);
    m_content->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_scroll);
    layout->addWidget(m_compare);
    layout->addWidget(m_nothing);
    m_changed.setSingleShot(true);
    m_changed.setInterval(0ms);
    connect(&m_changed, &QTimer::timeout, this, &DetailPane::showMain);
    m_reselected.setSingleShot(true);
    m_reselected.setInterval(0ms);
    connect(&m_reselected, &QTimer::timeout, this, &DetailPane::choose);
    connect(&m_sampler, &ValueSampler::sampled, this,
            [this] { m_plot->plot()->setNow(m_sampler.now()); });
    connect(m_plot, &PlotPane::perSecondChanged, this, &DetailPane::choose);
    connect(m_compare, &ComparePane::activated, this, &DetailPane::selectRecorder);
    connect(&m_feed, &MetricFeed::told, this, &DetailPane::showMetric);
    connect(&m_feed, &MetricFeed::gone, this, [this] {
        m_figures->clear();
        m_meaning->setLines({});
    });
    applyMetrics();
    showNothing();
}

void DetailPane::setSource(SnapshotSource *source)
{
    m_sampler.setSource(source);
    m_feed.setSource(source);
    m_compare->setSource(source);
    choose();
}

void DetailPane::setSelection(QItemSelectionModel *selection)
{
    if (m_selection) {
        disconnect(m_selection, nullptr, this, nullptr);
        disconnect(m_selection->model(), nullptr, this, nullptr);
    }
    m_selection = selection;
    connect(selection, &QItemSelectionModel::selectionChanged, this, &DetailPane::reselect);
    connect(selection, &QItemSelectionModel::currentRowChanged, this, &DetailPane::reselect);
    connectModel(selection->model());
    choose();
}

void DetailPane::connectModel(const QAbstractItemModel *model)
{
    const auto change = [this] {
        if (!m_changed.isActive() && m_main.isValid())
            m_changed.start();
    };
    connect(model, &QAbstractItemModel::dataChanged, this, change);
    connect(model, &QAbstractItemModel::modelReset, this, &DetailPane::choose);
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (!m_main.isValid() && !m_scroll->isHidden())
            reselectLater();
    });
}

void DetailPane::refresh()
{
    if (!m_isPaused)
        return;
    m_plot->plot()->setFrozen(false);
    m_plot->plot()->setFrozen(true);
    m_feed.refresh();
    m_compare->refresh();
}

void DetailPane::setPaused(bool paused)
{
    m_isPaused = paused;
    m_plot->plot()->setFrozen(paused);
    m_feed.setPaused(paused);
    m_compare->setPaused(paused);
}

void DetailPane::setBytePrefix(BytePrefix bytes)
{
    m_plot->plot()->setBytePrefix(bytes);
    m_compare->setBytePrefix(bytes);
    m_figures->setBytePrefix(bytes);
    m_feed.tellAgain();
}

void DetailPane::setSeen(bool seen)
{
    m_sampler.setActive(seen);
    m_feed.setActive(seen && !m_isComparing);
    m_compare->setSeen(seen);
}

QSize DetailPane::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(u'0') * 52, fontMetrics().height() * 22 };
}

void DetailPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

void DetailPane::applyMetrics()
{
    const int line = fontMetrics().height();
    m_content->layout()->setContentsMargins(line, line / 2, line / 2, line / 2);
    for (QBoxLayout *layout : { m_parts, m_words, m_pictures })
        layout->setSpacing(line / 2);
}

// Where it is low and wide, pictures go beside words.
void DetailPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place(width() * 2 > height() * 3);
}

void DetailPane::place(bool isWide)
{
    m_parts->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_parts->setStretchFactor(m_words, isWide ? 1 : 0);
    m_parts->setStretchFactor(m_pictures, isWide ? 2 : 1);
    QBoxLayout *const last = isWide ? m_words : m_pictures;
    if (last->indexOf(m_meaning) >= 0)
        return;
    (isWide ? m_pictures : m_words)->removeWidget(m_meaning);
    last->addWidget(m_meaning, isWide ? 1 : 0, Qt::AlignTop);
}

void DetailPane::setCompareAction(QAction *action)
{
    connect(action, &QAction::toggled, this, &DetailPane::setComparing);
}

void DetailPane::setComparing(bool comparing)
{
    m_isComparing = comparing;
    m_feed.setActive(m_sampler.isActive() && !comparing);
    compareMain();
    showPage();
}

void DetailPane::showPage()
{
    m_compare->setVisible(m_isComparing);
    m_scroll->setVisible(!m_isComparing && m_main.isValid());
    m_nothing->setVisible(!m_isComparing && !m_main.isValid());
}

void DetailPane::showNothing()
{
    showSeries({});
    m_feed.watch({}, {});
    m_nothing->setContent({ tr("Nothing selected"),
                            tr("Select a value to see it over time. Several of them share a plot."),
                            {},
                            {} });
    showPage();
}

} // namespace Recorders::Internal
