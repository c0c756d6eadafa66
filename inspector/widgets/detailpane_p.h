// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/valuesampler_p.h"
#include "widgets/metricfeed_p.h"

#include <QPersistentModelIndex>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAbstractItemModel;
class QAction;
class QBoxLayout;
class QItemSelectionModel;
class QScrollArea;

namespace Recorders::Internal {

class ComparePane;
class DetailFigures;
class DetailHeader;
class DetailMeaning;
class EmptyState;
class PlotPane;
struct PlotSeries;
struct RowChoice;

// What is selected, in detail: what it is, and its values over time; or the same value of all
// recorders.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    explicit DetailPane(QWidget *parent = nullptr);

    void setSource(SnapshotSource *source); // does not take ownership
    void setSelection(QItemSelectionModel *selection); // of rows of a SnapshotModel
    void setCompareAction(QAction *action); // checkable: recorders are compared
    void setPaused(bool paused); // stands still, but loses nothing
    void refresh(); // goes on to this moment
    void setBytePrefix(BytePrefix bytes);
    void setSeen(bool seen); // else it costs nothing

    qsizetype historyBytes() const { return m_sampler.bytes(); }
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyMetrics();
    void choose();
    void reselect();
    void reselectLater();
    void plot(const RowChoice &choice);
    void showSeries(const QList<PlotSeries> &series);
    void seed(const ValueSampler::Value &value, const QModelIndex &row);
    void showMain();
    void showMetric(const MetricSnapshot &metric);
    void showNothing();
    void showPage();
    void setComparing(bool comparing);
    void compareMain();
    void selectRecorder(const QString &entityId);
    void place(bool isWide);
    void connectModel(const QAbstractItemModel *model);

    QPointer<QItemSelectionModel> m_selection;
    QPersistentModelIndex m_main;
    bool m_isPaused = false;
    ValueSampler m_sampler;
    MetricFeed m_feed; // of the main row
    QTimer m_changed; // many changes are shown at once
    QTimer m_reselected; // so are selected rows that go one by one
    DetailHeader *const m_header;
    PlotPane *const m_plot;
    DetailFigures *const m_figures;
    DetailMeaning *const m_meaning;
    ComparePane *const m_compare;
    EmptyState *const m_nothing;
    QWidget *const m_content;
    QBoxLayout *const m_parts; // of it: words, and pictures below or beside them
    QBoxLayout *const m_words;
    QBoxLayout *const m_pictures;
    QScrollArea *const m_scroll;
    bool m_isComparing = false;
};

} // namespace Recorders::Internal
