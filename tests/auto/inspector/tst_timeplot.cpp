// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/timeplot_p.h"

#include <QImage>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

std::shared_ptr<SampleHistory> historyOf(const QList<double> &values)
{
    auto history = std::make_shared<SampleHistory>();
    for (qsizetype i = 0; i < values.size(); ++i)
        history->append(1000s + i * 1s, values[i]);
    return history;
}

PlotSeries seriesOf(const QList<double> &values, const QString &name = u"queue"_s,
                    const Unit &unit = {})
{
    return { name, unit, 0, historyOf(values) };
}

// The pixels of that color.
int pixels(const QImage &image, const QColor &color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += qAbs(pixel.red() - color.red()) + qAbs(pixel.green() - color.green())
                            + qAbs(pixel.blue() - color.blue())
                    < 60;
        }
    }
    return count;
}

QList<double> numbers(int count)
{
    QList<double> values;
    for (int i = 0; i < count; ++i)
        values.append(i % 7);
    return values;
}

void moveMouse(QWidget *widget, QPointF at)
{
    QMouseEvent event(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &event);
}

void turnWheel(QWidget *widget, int notches, double share)
{
    const QPointF at(widget->width() * share, widget->height() / 2.0);
    QWheelEvent event(at, widget->mapToGlobal(at), {}, { 0, 120 * notches }, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

} // namespace

class tst_TimePlot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // painting
    void paintsWhatever_data();
    void paintsWhatever();
    void paintsManySamples();

    // time
    void zoomsByKeyboard();
    void zoomsByWheel();
    void staysWithinItsWindows();
    void pansByKeyboardAndComesBack();
    void pansByMouse();
    void standsStillWhileFrozen();

    // values
    void readsOutByKeyboard();
    void readsOutByMouse();
    void keepsAPinnedRange();
    void hasRoomForItsLegend();

    // in words
    void sumsUp_data();
    void sumsUp();
    void sumsUpNowAndThenOnly();

private:
    std::unique_ptr<TimePlot> m_plot;
};

void tst_TimePlot::init()
{
    m_plot = std::make_unique<TimePlot>();
    m_plot->resize(600, 300);
    m_plot->setSeries({ seriesOf(numbers(200)) });
    m_plot->setNow(1200s);
}

void tst_TimePlot::paintsWhatever_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<bool>("isSeen");
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double huge = std::numeric_limits<double>::max();
    QTest::addRow("nothing") << QList<double>{} << false;
    QTest::addRow("one sample") << QList<double>{ 5 } << true;
    QTest::addRow("constant") << QList<double>(50, 12) << true;
    QTest::addRow("constant zero") << QList<double>(50, 0) << true;
    QTest::addRow("below zero") << QList<double>{ -3, -2, -5 } << true;
    QTest::addRow("a gap") << QList<double>{ 1, 2, gap, 2, 1 } << true;
    QTest::addRow("gaps only") << QList<double>{ gap, gap } << false;
    QTest::addRow("infinities") << QList<double>{ 1, infinity, 2, -infinity, 3 } << true;
    QTest::addRow("huge") << QList<double>{ -huge, huge, 0 } << true;
    QTest::addRow("tiny") << QList<double>{ 1e-300, 2e-300 } << true;
    QTest::addRow("the smallest") << QList<double>{ 5e-324 } << true;
}

void tst_TimePlot::paintsWhatever()
{
    QFETCH(const QList<double>, values);
    QFETCH(const bool, isSeen);
    m_plot->setSeries({ seriesOf(values) });
    m_plot->setNow(1050s);
    const auto image = [this] {
        return m_plot->grab(QRect(60, 30, 520, 270)).toImage(); // without legend and labels
    };
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::white);
    palette.setColor(QPalette::WindowText, Qt::white);
    m_plot->setPalette(palette);

    QCOMPARE(pixels(image(), QColor(14, 18, 163)) > 0, isSeen);
}

// Measures; what it takes depends on the machine.
void tst_TimePlot::paintsManySamples()
{
    QList<PlotSeries> series;
    for (int i = 0; i < 8; ++i) {
        auto history = std::make_shared<SampleHistory>(100'000);
        for (int n = 0; n < 100'000; ++n)
            history->append(n * 30ms, i * 10 + n % 10);
        series.append({ QString::number(i), Unit(), i, history });
    }
    m_plot->resize(800, 400);
    m_plot->setSeries(series);
    m_plot->setNow(3000s);
    m_plot->setWindow(1h);
    QImage image(m_plot->size() * 2, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);

    QBENCHMARK {
        m_plot->render(&image);
    }
}

void tst_TimePlot::zoomsByKeyboard()
{
    const QSignalSpy changed(m_plot.get(), &TimePlot::windowChanged);

    QTest::keyClick(m_plot.get(), Qt::Key_Plus);
    QCOMPARE(m_plot->viewport().window(), 40s);
    QTest::keyClick(m_plot.get(), Qt::Key_Minus);
    QTest::keyClick(m_plot.get(), Qt::Key_Minus);
    QCOMPARE(m_plot->viewport().window(), 90s);
    QTest::keyClick(m_plot.get(), Qt::Key_0);

    QCOMPARE(m_plot->viewport().window(), 1min);
    QCOMPARE(changed.size(), 4);
    QVERIFY(m_plot->viewport().isFollowing());
}

void tst_TimePlot::zoomsByWheel()
{
    turnWheel(m_plot.get(), 1, 0.5);

    QCOMPARE(m_plot->viewport().window(), 40s);
    QVERIFY(m_plot->viewport().isFollowing());
    QTest::keyClick(m_plot.get(), Qt::Key_Left, Qt::ShiftModifier);
    const auto begin = m_plot->viewport().begin();
    const auto end = m_plot->viewport().end();
    turnWheel(m_plot.get(), 1, 0.6);
    QVERIFY(m_plot->viewport().begin() > begin);
    QVERIFY(m_plot->viewport().end() < end);
}

void tst_TimePlot::staysWithinItsWindows()
{
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(m_plot.get(), Qt::Key_Plus);
    QCOMPARE(m_plot->viewport().window(), 10s);
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(m_plot.get(), Qt::Key_Minus);
    QCOMPARE(m_plot->viewport().window(), 1h);
}

void tst_TimePlot::pansByKeyboardAndComesBack()
{
    const QSignalSpy following(m_plot.get(), &TimePlot::followingChanged);

    QTest::keyClick(m_plot.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(m_plot->viewport().end(), 1194s);
    m_plot->setNow(1210s);
    QCOMPARE(m_plot->viewport().end(), 1194s);
    QTest::keyClick(m_plot.get(), Qt::Key_Home);
    QVERIFY(m_plot->viewport().begin() < 1000s);
    QTest::keyClick(m_plot.get(), Qt::Key_End);

    QCOMPARE(m_plot->viewport().end(), 1210s);
    QCOMPARE(following.size(), 2);
}

void tst_TimePlot::pansByMouse()
{
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, { 300, 150 });
    moveMouse(m_plot.get(), { 400, 150 });
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, { 400, 150 });

    QVERIFY(m_plot->viewport().end() < 1195s);
    QVERIFY(m_plot->viewport().end() > 1180s);
    QTest::mouseDClick(m_plot.get(), Qt::LeftButton);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton); // which the other one leaves out
    QVERIFY(m_plot->viewport().isFollowing());
}

void tst_TimePlot::standsStillWhileFrozen()
{
    m_plot->setFrozen(true);
    m_plot->setNow(1300s);

    QCOMPARE(m_plot->viewport().end(), 1200s);
    m_plot->setFrozen(false);
    QCOMPARE(m_plot->viewport().end(), 1300s);
}

void tst_TimePlot::readsOutByKeyboard()
{
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QCOMPARE(m_plot->cursor(), 1199s);
    QCOMPARE(m_plot->accessibleDescription(), u"\u22121 s\nqueue 3"_s);
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QCOMPARE(m_plot->accessibleDescription(), u"\u22122 s\nqueue 2"_s);
    for (int i = 0; i < 80; ++i)
        QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QCOMPARE(m_plot->cursor(), m_plot->viewport().begin());
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);

    QVERIFY(!m_plot->cursor());
}

void tst_TimePlot::readsOutByMouse()
{
    m_plot->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
    const QImage without = m_plot->grab().toImage();

    QTest::mouseMove(m_plot.get(), { 300, 150 });
    QTRY_VERIFY(m_plot->cursor());
    const auto before = *m_plot->cursor();
    QVERIFY(before > 1150s && before < 1190s); // about the middle
    QVERIFY(m_plot->grab().toImage() != without);
    m_plot->setNow(1201s);
    QCOMPARE(*m_plot->cursor(), before + 1s); // it stays under the mouse
    QTest::mouseMove(m_plot.get(), { 300, 299 });

    QTRY_VERIFY(!m_plot->cursor());
}

void tst_TimePlot::hasRoomForItsLegend()
{
    QList<PlotSeries> series;
    for (int i = 0; i < 8; ++i)
        series.append(seriesOf(numbers(10), u"a name that fills a line of the legend %1"_s.arg(i)));
    const int before = m_plot->minimumSizeHint().height();
    m_plot->setSeries(series);
    m_plot->setNow(1010s);
    m_plot->resize(300, 100);
    m_plot->grab(); // its width tells how many lines there are

    const QSize size(300, m_plot->minimumSizeHint().height());
    QVERIFY(size.height() > before);
    PlotContent content;
    content.series = series;
    content.viewport = m_plot->viewport();
    const PlotLayout layout = layoutPlot(content, QRect(QPoint(), size), m_plot->fontMetrics(), 1);
    const PlotPanel &panel = layout.panels.first();
    const QList<QRect> entries =
            legendEntries(panel.curves, panel.legend.width(), m_plot->fontMetrics());
    QVERIFY(entries.last().bottom() < panel.legend.height());
    QVERIFY(panel.plot.height() > 2 * m_plot->fontMetrics().height());
}

void tst_TimePlot::keepsAPinnedRange()
{
    const QSignalSpy changed(m_plot.get(), &TimePlot::pinnedChanged);
    m_plot->setPinned(true);
    const QImage before = m_plot->grab({ 0, 30, 40, 240 }).toImage();
    auto history = std::const_pointer_cast<SampleHistory>(m_plot->series().first().history);

    history->append(1201s, 5000);
    m_plot->setNow(1202s);
    QCOMPARE(m_plot->grab({ 0, 30, 40, 240 }).toImage(), before);
    m_plot->setPinned(false);

    QVERIFY(m_plot->grab({ 0, 30, 40, 240 }).toImage() != before);
    QCOMPARE(changed.size(), 2);
}

void tst_TimePlot::sumsUp_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing") << QList<double>{} << u"size: no values"_s;
    QTest::addRow("rising") << QList<double>{ 1024, 512, 3072 }
                            << u"size: minimum 512 B, maximum 3.00 KiB, last 3.00 KiB, rising"_s;
    QTest::addRow("falling") << QList<double>{ 30, 20, gap, 10 }
                             << u"size: minimum 10 B, maximum 30 B, last 10 B, falling"_s;
    QTest::addRow("steady") << QList<double>{ 7, 7, 7 }
                            << u"size: minimum 7 B, maximum 7 B, last 7 B, steady"_s;
    QTest::addRow("up and down") << QList<double>{ 10, 90, 11 }
                                 << u"size: minimum 10 B, maximum 90 B, last 11 B, up and down"_s;
}

void tst_TimePlot::sumsUp()
{
    QFETCH(const QList<double>, values);
    m_plot->setNow(1010s);

    m_plot->setSeries({ seriesOf(values, u"size"_s, Unit::bytes()) });

    QTEST(m_plot->accessibleDescription(), "text");
}

void tst_TimePlot::sumsUpNowAndThenOnly()
{
    // Its timer, however short, ends in the event loop.
    auto *const description = m_plot->findChild<QObject *>(u"liveDescription"_s);
    QVERIFY(QMetaObject::invokeMethod(description, "setInterval", Q_ARG(int, 20)));
    const QString before = m_plot->accessibleDescription();
    auto history = std::const_pointer_cast<SampleHistory>(m_plot->series().first().history);

    history->append(1201s, 5000);
    m_plot->setNow(1202s);
    QCOMPARE(m_plot->accessibleDescription(), before);

    const auto isAnother = [&] {
        m_plot->setNow(1203s);
        return m_plot->accessibleDescription() != before;
    };
    QTRY_VERIFY(isAnother());
}

QTEST_MAIN(tst_TimePlot)
#include "tst_timeplot.moc"
