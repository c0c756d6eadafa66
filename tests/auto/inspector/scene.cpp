// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "scene.h"

#include <recorders/model/snapshotmodel.h>

#include <QAction>
#include <QLineEdit>
#include <QTest>

namespace Testing {

using namespace Recorders;

namespace {

constexpr int manyRecorders = 100'000;

MetricSnapshot bytes(qint64 total)
{
    return MetricSnapshot(QStringLiteral("bytes received"))
            .setDescription(QStringLiteral("What came in by this connection, with its headers."))
            .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter);
}

MetricSnapshot attempts(int total)
{
    return MetricSnapshot(QStringLiteral("open attempts"))
            .add(QStringLiteral("total"), total, {}, MetricKind::Counter)
            .add(QStringLiteral("failure_total"), total / 3, {}, MetricKind::Counter);
}

MetricSnapshot duration(double milliseconds)
{
    const Unit unit = Unit::milliseconds();
    return MetricSnapshot(QStringLiteral("transfer duration"))
            .add(QStringLiteral("p50"), milliseconds, unit, MetricKind::Histogram)
            .add(QStringLiteral("p99"), milliseconds * 7, unit, MetricKind::Histogram);
}

MetricSnapshot state(const QString &text)
{
    return MetricSnapshot(QStringLiteral("state"))
            .add(QStringLiteral("value"), text, {}, MetricKind::Text);
}

MetricSnapshot temperature(double degrees)
{
    return MetricSnapshot(QStringLiteral("temperature"))
            .add(QStringLiteral("value"), degrees, Unit(QStringLiteral("Cel")), MetricKind::Gauge);
}

QString name(int number)
{
    return QStringLiteral("connection-%1").arg(number, 3, 10, QLatin1Char('0'));
}

} // namespace

QStringList Scene::names()
{
    return { QStringLiteral("no runtime"),      QStringLiteral("not started"),
             QStringLiteral("waiting"),         QStringLiteral("no recorders"),
             QStringLiteral("failed to start"), QStringLiteral("ended with nothing"),
             QStringLiteral("nothing matches"), QStringLiteral("rows"),
             QStringLiteral("table"),           QStringLiteral("problems"),
             QStringLiteral("paused"),          QStringLiteral("source lost"),
             QStringLiteral("long names"),      QStringLiteral("right-to-left names"),
             QStringLiteral("many recorders"),  QStringLiteral("large text") };
}

Scene::Scene(Kind kind)
    : m_kind(kind)
{
    if (kind != NoRuntime) {
        m_source = std::make_unique<FakeSnapshotSource>(QStringLiteral("example.metrics"));
        fill();
    }
    m_window = std::make_unique<InspectorWindow>(m_source.get());
}

void Scene::fill()
{
    switch (m_kind) {
    case NotStarted:
        m_source->setState(RuntimeState::Created);
        break;
    case FailedToStart:
        m_source->setState(RuntimeState::Failed);
        break;
    case Waiting:
        m_source->hold();
        break;
    case Problems:
        fillRows();
        fillProblems();
        break;
    case LongNames:
        fillNames({ QStringLiteral("a very long name ").repeated(12),
                    QStringLiteral("two\nlines, one\ttab"), QString(200, u'W') });
        break;
    case RightToLeftNames:
        fillNames({ QStringLiteral("\u0627\u062a\u0635\u0627\u0644 \u0661\u0662\u0663"),
                    QStringLiteral("\u05d7\u05d9\u05d1\u05d5\u05e8 connection 7"),
                    QStringLiteral("connection \u05d7\u05d9\u05d1\u05d5\u05e8") });
        break;
    case ManyRecorders:
        for (int i = 0; i < manyRecorders; ++i)
            m_source->setRecorder(QString(QStringLiteral("recorder-") + QString::number(i)),
                                  { bytes(i * 97) });
        break;
    case NoRecorders:
    case EndedWithNothing:
        break;
    default:
        fillRows();
    }
}

void Scene::fillRows()
{
    for (int i = 1; i <= 3; ++i) {
        m_source->setRecorder(name(i),
                              { bytes(i * 643'127), attempts(i * 4), duration(3.14 * i),
                                state(QStringLiteral("Open")), temperature(-12.5) });
    }
}

void Scene::fillProblems()
{
    m_source->setRecorderState(name(1), RecorderState::Failed,
                               Error(ErrorCode::MetricFailed, QStringLiteral("disk full")));
    m_source->setRecorderState(name(2), RecorderState::Stopped);
    m_source->setMetric(
            name(3),
            attempts(9).setState(MetricState::Quarantined, QStringLiteral("division by zero")));
    RecorderStatistics statistics;
    statistics.pending = 17;
    statistics.dropped = 1234;
    m_source->setStatistics(name(3), statistics);
}

void Scene::fillNames(const QStringList &names)
{
    for (const QString &name : names)
        m_source->setRecorder(name, { bytes(643'127), MetricSnapshot(name).add(name, name) });
}

QTreeView *Scene::view(const char *name) const
{
    return m_window->findChild<QTreeView *>(QLatin1String(name));
}

void Scene::trigger(const char *action) const
{
    m_window->findChild<QAction *>(QLatin1String(action))->trigger();
}

// However long very many take.
void Scene::waitForRows(int count) const
{
    QTRY_COMPARE_WITH_TIMEOUT(tree()->model()->rowCount(), count, 60'000);
}

void Scene::show(const QSize &size)
{
    m_window->resize(size);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    if (m_source && !m_source->recorderIds().isEmpty())
        waitForRows(int(m_source->recorderIds().size()));
    arrange();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void Scene::arrange()
{
    const QAbstractItemModel *model = tree()->model();
    if (model->rowCount() > 0)
        tree()->setCurrentIndex(model->index(0, 0, model->index(0, 0)));
    switch (m_kind) {
    case NothingMatches:
        m_window->findChild<QLineEdit *>(QStringLiteral("search"))
                ->setText(QStringLiteral("no such thing"));
        waitForRows(0);
        break;
    case LargeText:
        for (int i = 0; i < 6; ++i)
            trigger("zoomIn");
        break;
    case Rows:
        plot(3);
        break;
    case Table:
        trigger("table");
        QTRY_VERIFY(view("table")->model()->rowCount() > 0);
        break;
    case Paused:
        trigger("pause");
        break;
    case SourceLost:
    case EndedWithNothing:
        m_source.reset();
        break;
    default:
        break;
    }
}

// Lets the value that is selected grow.
void Scene::plot(int steps)
{
    for (int step = 1; step <= steps; ++step) {
        const QString before = tree()->currentIndex().data(SnapshotModel::ExactTextRole).toString();
        m_source->advance(std::chrono::seconds(10));
        m_source->setMetric(name(1), bytes(643'127 + step * step * 20'000));
        QTRY_VERIFY(tree()->currentIndex().data(SnapshotModel::ExactTextRole) != before);
    }
}

QImage Scene::grab() const
{
    return m_window->grab().toImage();
}

} // namespace Testing
