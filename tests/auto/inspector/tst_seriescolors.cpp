// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/seriescolors_p.h"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace Recorders::Internal;

namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

// How people see linear RGB who lack one kind of cones: Machado, Oliveira and Fernandes, "A
// Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
constexpr Matrix normal{ { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } };
constexpr Matrix protanopia{ { { 0.152286, 1.052583, -0.204868 },
                               { 0.114503, 0.786281, 0.099216 },
                               { -0.003882, -0.048116, 1.051998 } } };
constexpr Matrix deuteranopia{ { { 0.367322, 0.860646, -0.227968 },
                                 { 0.280085, 0.672501, 0.047413 },
                                 { -0.011820, 0.042940, 0.968881 } } };
constexpr Matrix tritanopia{ { { 1.255528, -0.076749, -0.178779 },
                               { -0.078411, 0.930809, 0.147602 },
                               { 0.004733, 0.691367, 0.303900 } } };
constexpr Matrix toXyz{
    { { 0.4124, 0.3576, 0.1805 }, { 0.2126, 0.7152, 0.0722 }, { 0.0193, 0.1192, 0.9505 } }
};

Vector product(const Matrix &matrix, const Vector &vector)
{
    Vector result{};
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 3; ++column)
            result[row] += matrix[row][column] * vector[column];
    }
    return result;
}

double linear(float channel)
{
    const double c = double(channel);
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double labCurve(double t)
{
    return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
}

Vector seenLab(const QColor &color, const Matrix &eyes)
{
    Vector seen =
            product(eyes, { linear(color.redF()), linear(color.greenF()), linear(color.blueF()) });
    for (double &channel : seen)
        channel = std::clamp(channel, 0.0, 1.0);
    const Vector xyz = product(toXyz, seen);
    const double x = labCurve(xyz[0] / 0.95047);
    const double y = labCurve(xyz[1]);
    const double z = labCurve(xyz[2] / 1.08883);
    return { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

double distance(const Vector &a, const Vector &b)
{
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

} // namespace

class tst_SeriesColors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standOutFromTheBackground_data();
    void standOutFromTheBackground();
    void differForAllEyes_data();
    void differForAllEyes();
    void beginAnewAfterTheLast();
    void knowsTheContrastOfBlackAndWhite();
};

void tst_SeriesColors::standOutFromTheBackground_data()
{
    QTest::addColumn<QColor>("background");
    QTest::addRow("white") << QColor(255, 255, 255);
    QTest::addRow("off-white") << QColor(252, 252, 252);
    QTest::addRow("black") << QColor(0, 0, 0);
    QTest::addRow("dark") << QColor(30, 30, 30);
    QTest::addRow("dark gray") << QColor(42, 42, 42);
    QTest::addRow("dark blue") << QColor(27, 30, 32);
}

void tst_SeriesColors::standOutFromTheBackground()
{
    QFETCH(const QColor, background);
    for (int i = 0; i < seriesColorCount; ++i)
        QCOMPARE_GE(contrast(seriesColor(i, background), background), 3.0);
}

void tst_SeriesColors::differForAllEyes_data()
{
    QTest::addColumn<QColor>("background");
    QTest::addColumn<int>("eyes");
    const char *const eyes[] = { "normal", "protanopia", "deuteranopia", "tritanopia" };
    for (int i = 0; i < 4; ++i) {
        QTest::addRow("%s on light", eyes[i]) << QColor(255, 255, 255) << i;
        QTest::addRow("%s on dark", eyes[i]) << QColor(30, 30, 30) << i;
    }
}

// A distance of 2.3 is just noticed side by side; thin lines apart need far more.
void tst_SeriesColors::differForAllEyes()
{
    QFETCH(const QColor, background);
    QFETCH(const int, eyes);
    const Matrix *const all[] = { &normal, &protanopia, &deuteranopia, &tritanopia };
    constexpr double enough = 25;
    for (int a = 0; a < seriesColorCount; ++a) {
        for (int b = 0; b < a; ++b) {
            const Vector one = seenLab(seriesColor(a, background), *all[eyes]);
            const Vector other = seenLab(seriesColor(b, background), *all[eyes]);
            QCOMPARE_GE(distance(one, other), enough);
        }
    }
}

void tst_SeriesColors::beginAnewAfterTheLast()
{
    QCOMPARE(seriesColor(seriesColorCount, Qt::white), seriesColor(0, Qt::white));
}

void tst_SeriesColors::knowsTheContrastOfBlackAndWhite()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
}

QTEST_APPLESS_MAIN(tst_SeriesColors)
#include "tst_seriescolors.moc"
