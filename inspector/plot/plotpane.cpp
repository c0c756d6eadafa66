// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/plotpane_p.h"

#include "plot/timeplot_p.h"
#include "widgets/outline_p.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace Recorders::Internal {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds windows[] = { 10s, 30s, 1min, 5min, 15min, 1h };

QString windowText(std::chrono::nanoseconds window)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(window).count();
    if (seconds < 60)
        return PlotPane::tr("%1 s").arg(seconds);
    if (seconds % 60 != 0)
        return PlotPane::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return seconds < 3600 ? PlotPane::tr("%1 min").arg(seconds / 60)
                          : PlotPane::tr("%1 h").arg(seconds / 3600);
}

} // namespace

PlotPane::PlotPane(QWidget *parent)
    : QWidget(parent)
    , m_plot(new TimePlot(this))
    , m_window(new QComboBox(this))
    , m_pin(new QCheckBox(this))
    , m_perSecond(new QCheckBox(this))
    , m_live(new QToolButton(this))
    , m_note(new QLabel(this))
    , m_tools(new QHBoxLayout)
{
    setUpTools();
    m_tools->addWidget(m_window);
    m_tools->addWidget(m_pin);
    m_tools->addWidget(m_perSecond);
    m_tools->addWidget(m_live);
    m_tools->addWidget(m_note, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(m_tools);
    layout->addWidget(m_plot, 1);

    applyMetrics();
    applyPalette();
    fillWindows();
    connect(m_window, &QComboBox::activated, this, [this](int index) {
        m_plot->setWindow(m_window->itemData(index).value<std::chrono::nanoseconds>());
    });
    connect(m_plot, &TimePlot::windowChanged, this, &PlotPane::showWindow);
    connect(m_plot, &TimePlot::followingChanged, m_live, &QWidget::setHidden);
    connect(m_plot, &TimePlot::pinnedChanged, m_pin, &QCheckBox::setChecked);
    connect(m_pin, &QCheckBox::toggled, m_plot, &TimePlot::setPinned);
    connect(m_perSecond, &QCheckBox::toggled, this, &PlotPane::perSecondChanged);
    connect(m_live, &QToolButton::clicked, m_plot, &TimePlot::follow);
}

void PlotPane::setUpTools()
{
    m_window->setObjectName(QStringLiteral("plotWindow"));
    m_window->setAccessibleName(tr("Time window"));
    m_window->setToolTip(tr("How much time the plot shows (+ and \u2212 in the plot)"));
    m_window->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_pin->setObjectName(QStringLiteral("plotPin"));
    m_pin->setText(tr("Pin range"));
    m_pin->setToolTip(tr("Keep the range of values as it is, or show all of them"));
    m_perSecond->setObjectName(QStringLiteral("plotPerSecond"));
    m_perSecond->setText(tr("Per second"));
    m_perSecond->setToolTip(tr("Plot how fast counters grow, over the last second"));
    m_live->setObjectName(QStringLiteral("plotLive"));
    m_live->setText(tr("Back to Now"));
    m_live->setToolTip(tr("Show the newest values again (End)"));
    m_live->hide();
    m_live->setFocusPolicy(Qt::TabFocus);
    m_live->setAccessibleName(m_live->text());
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_note->setForegroundRole(QPalette::Text);
}

bool PlotPane::isPerSecond() const
{
    return m_perSecond->isChecked();
}

void PlotPane::setPerSecondOffered(bool offered)
{
    m_perSecond->setVisible(offered);
}

void PlotPane::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setToolTip(note);
}

void PlotPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
    else if (event->type() == QEvent::PaletteChange)
        applyPalette();
}

void PlotPane::applyPalette()
{
    for (QWidget *control : { static_cast<QWidget *>(m_window), static_cast<QWidget *>(m_pin),
                              static_cast<QWidget *>(m_perSecond) })
        keepOutline(control);
}

void PlotPane::applyMetrics()
{
    m_tools->setSpacing(fontMetrics().height() / 2);
    layout()->setSpacing(fontMetrics().height() / 4);
}

void PlotPane::fillWindows()
{
    for (const std::chrono::nanoseconds window : windows)
        m_window->addItem(windowText(window), QVariant::fromValue(window));
    showWindow();
}

// One that was zoomed to is an entry, too, as long as it is shown.
void PlotPane::showWindow()
{
    const std::chrono::nanoseconds window = m_plot->viewport().window();
    if (m_window->count() > int(std::size(windows)))
        m_window->removeItem(m_window->count() - 1);
    for (int i = 0; i < m_window->count(); ++i) {
        if (m_window->itemData(i).value<std::chrono::nanoseconds>() == window) {
            m_window->setCurrentIndex(i);
            return;
        }
    }
    m_window->addItem(windowText(window), QVariant::fromValue(window));
    m_window->setCurrentIndex(m_window->count() - 1);
}

} // namespace Recorders::Internal
