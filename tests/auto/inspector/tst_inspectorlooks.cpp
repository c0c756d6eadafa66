// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "pixels.h"
#include "scene.h"
#include "shared/ownsettings.h"
#include "theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSplitter>
#include <QStyleOptionButton>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Testing;

namespace {

constexpr double readable = 4.5; // WCAG 2, level AA

double scaleFactor()
{
    bool isNumber = false;
    const double factor = qEnvironmentVariable("QT_SCALE_FACTOR").toDouble(&isNumber);
    return isNumber ? factor : 1;
}

// Where one can look at them.
QString pathOf(const QString &name)
{
    const QDir dir(QCoreApplication::applicationDirPath() + QStringLiteral("/looks"));
    dir.mkpath(QStringLiteral("."));
    return dir.filePath(QStringLiteral("%1, %2x.png").arg(name, QString::number(scaleFactor())));
}

template <typename T>
QList<T *> visible(const QWidget &window)
{
    QList<T *> all;
    const auto children = window.findChildren<T *>();
    for (T *child : children) {
        if (child->isVisible() && !child->size().isEmpty())
            all.append(child);
    }
    return all;
}

QString nameOf(const QWidget &widget)
{
    QString name = widget.objectName();
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        name += u' ' + label->text();
    const QRect at = widget.geometry();
    return QStringLiteral("%1 %2 at %3, %4, %5 x %6")
            .arg(QLatin1String(widget.metaObject()->className()), name)
            .arg(at.x())
            .arg(at.y())
            .arg(at.width())
            .arg(at.height());
}

QRect inWindow(const QWidget &widget)
{
    return { widget.mapTo(widget.window(), QPoint(0, 0)), widget.size() };
}

// All of it is in sight, not just what has been scrolled to.
bool isWhole(const QWidget &widget)
{
    return widget.visibleRegion().boundingRect() == widget.rect();
}

// Those with a text of which nothing is out of sight.
QModelIndexList visibleCells(const QTreeView &view)
{
    QModelIndexList cells;
    const QRect area = view.viewport()->rect();
    for (QModelIndex row = view.indexAt({ area.center().x(), 0 }); row.isValid();
         row = view.indexBelow(row)) {
        for (int column = 0; column < view.model()->columnCount(); ++column) {
            const QModelIndex cell = row.siblingAtColumn(column);
            if (!cell.data().toString().isEmpty() && area.contains(view.visualRect(cell)))
                cells.append(cell);
        }
    }
    return cells;
}

} // namespace

class tst_InspectorLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void isReadable_data();
    void isReadable();
    void hasReadableMenus_data();
    void hasReadableMenus();
    void outlinesControls_data();
    void outlinesControls();
    void differsInLightAndDark();
    void mirrorsItsLayout();
    void doesNotMirrorNumbers();

private:
    static void checkContrast(Scene &scene, const QImage &image);
    static void checkCells(Scene &scene, const QImage &image);
    static void checkLabels(const QWidget &window);
    static void checkPlaces(const QWidget &window);

    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorLooks::initTestCase()
{
    qInfo("The pictures are in %s", qPrintable(QFileInfo(pathOf({})).absolutePath()));
}

void tst_InspectorLooks::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorLooks::cleanup()
{
    QApplication::setPalette(paletteOf(Theme::Light));
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

void tst_InspectorLooks::isReadable_data()
{
    QTest::addColumn<int>("scene");
    QTest::addColumn<int>("theme");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("mirrored");

    const QStringList names = Scene::names();
    const auto row = [&names](int scene, Theme theme, const QSize &size, bool isMirrored) {
        static const char *const themes[] = { "light", "dark", "high contrast" };
        QTest::addRow("%s, %s, %dx%d%s", qPrintable(names[scene]), themes[int(theme)], size.width(),
                      size.height(), isMirrored ? ", mirrored" : "")
                << scene << int(theme) << size << isMirrored;
    };
    constexpr QSize usual(1280, 800);
    constexpr QSize smallest(640, 480);
    const QSize largest = QSize(3840, 2160) / scaleFactor();
    for (const Theme theme : { Theme::Light, Theme::Dark, Theme::HighContrast }) {
        for (int scene = 0; scene < Scene::ManyRecorders; ++scene)
            row(scene, theme, usual, false);
        row(Scene::Rows, theme, smallest, false);
        row(Scene::Rows, theme, largest, false);
    }
    for (const int scene :
         { Scene::NoRuntime, Scene::Problems, Scene::LongNames, Scene::Table, Scene::LargeText })
        row(scene, Theme::Light, smallest, false);
    for (const int scene : { Scene::ManyRecorders, Scene::LargeText })
        row(scene, Theme::Light, usual, false);
    for (const int scene : { Scene::Rows, Scene::Table, Scene::Problems, Scene::LongNames,
                             Scene::RightToLeftNames, Scene::NothingMatches })
        row(scene, Theme::Light, usual, true);
    row(Scene::Rows, Theme::Light, smallest, true);
}

void tst_InspectorLooks::isReadable()
{
    QFETCH(const int, scene);
    QFETCH(const int, theme);
    QFETCH(const QSize, size);
    QFETCH(const bool, mirrored);
    QApplication::setPalette(paletteOf(Theme(theme)));
    QGuiApplication::setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    Scene shown{ Scene::Kind(scene) };
    shown.show(size);

    const QImage image = shown.grab();

    QVERIFY(image.save(pathOf(QString::fromUtf8(QTest::currentDataTag()))));
    QCOMPARE(image.devicePixelRatio(), scaleFactor());
    QCOMPARE(image.size(), size * scaleFactor());
    QVERIFY2(colorsOf(image).size() > 16, "blank");
    checkContrast(shown, image);
    checkCells(shown, image);
    checkLabels(shown.window());
    checkPlaces(shown.window());
}

void tst_InspectorLooks::checkContrast(Scene &scene, const QImage &image)
{
    const auto check = [&image](const QWidget &widget) {
        const double seen = textContrast(part(image, inWindow(widget)));
        QVERIFY2(seen >= readable, qPrintable(nameOf(widget) + u' ' + QString::number(seen)));
    };
    const auto labels = visible<QLabel>(scene.window());
    for (const QLabel *label : labels) {
        if (!label->text().isEmpty() && isWhole(*label))
            check(*label);
    }
    const auto buttons = visible<QToolButton>(scene.window());
    for (const QToolButton *button : buttons) {
        if (!button->text().isEmpty() && button->toolButtonStyle() != Qt::ToolButtonIconOnly)
            check(*button);
    }
}

// Also those that are quiet, and the selected one: as readable as its palette lets it be, of whose
// colors styles make something lighter.
void tst_InspectorLooks::checkCells(Scene &scene, const QImage &image)
{
    const QPalette palette = scene.window().palette();
    const double ofSelected = contrast(palette.color(QPalette::Highlight).rgb(),
                                       palette.color(QPalette::HighlightedText).rgb());
    for (const char *name : { "tree", "table" }) {
        const QTreeView *view = scene.view(name);
        if (!view || !view->isVisible())
            continue;
        const QPoint origin = inWindow(*view->viewport()).topLeft();
        const auto cells = visibleCells(*view);
        for (const QModelIndex &cell : cells) {
            const double seen =
                    textContrast(part(image, view->visualRect(cell).translated(origin)));
            const bool isSelected = view->selectionModel()->isSelected(cell);
            const double needed = isSelected ? std::min(readable, 0.85 * ofSelected) : readable;
            QVERIFY2(seen >= needed,
                     qPrintable(cell.data().toString() + u' ' + QString::number(seen)));
        }
    }
}

// Nothing is cut off that is not shortened with dots on purpose.
void tst_InspectorLooks::checkLabels(const QWidget &window)
{
    const auto labels = visible<QLabel>(window);
    for (const QLabel *label : labels) {
        if (label->wordWrap())
            QVERIFY2(label->heightForWidth(label->width()) <= label->height(),
                     qPrintable(nameOf(*label)));
        else
            QVERIFY2(label->sizeHint().width() <= label->width(), qPrintable(nameOf(*label)));
    }
    const auto buttons = visible<QToolButton>(window);
    for (const QToolButton *button : buttons) {
        if (!qobject_cast<QLineEdit *>(button->parentWidget()))
            QVERIFY2(button->sizeHint().width() <= button->width(), qPrintable(nameOf(*button)));
    }
}

void tst_InspectorLooks::checkPlaces(const QWidget &window)
{
    const auto widgets = visible<QWidget>(window);
    for (const QWidget *widget : widgets) {
        const QWidget *parent = widget->parentWidget();
        const auto *scrolled =
                parent ? qobject_cast<QScrollArea *>(parent->parentWidget()) : nullptr;
        if (scrolled || widget->isWindow())
            continue; // it may be larger than what is seen of it
        // Where text runs to the left, QSplitter places its parts one pixel too far right.
        const int beside = qobject_cast<const QSplitter *>(parent) && widget->isRightToLeft();
        const QRect room = parent->rect().adjusted(0, 0, beside, 0);
        QVERIFY2(room.contains(widget->geometry()), qPrintable(nameOf(*widget)));
    }
}

void tst_InspectorLooks::hasReadableMenus_data()
{
    addThemes("menu");
}

void tst_InspectorLooks::hasReadableMenus()
{
    QFETCH(const int, theme);
    QApplication::setPalette(paletteOf(Theme(theme)));
    Scene scene(Scene::Table);
    scene.show({ 1280, 800 });
    QMenu *menu = scene.window().menuBar()->actions().at(2)->menu();
    menu->popup({});

    const QImage image = menu->grab().toImage();

    QVERIFY(image.save(pathOf(QString::fromUtf8(QTest::currentDataTag()))));
    const auto actions = menu->actions();
    for (QAction *action : actions) {
        if (action->isEnabled() && !action->isSeparator())
            QVERIFY2(textContrast(part(image, menu->actionGeometry(action))) >= readable,
                     qPrintable(action->text()));
    }
}

void tst_InspectorLooks::outlinesControls_data()
{
    addThemes("controls");
}

void tst_InspectorLooks::outlinesControls()
{
    constexpr double seen = 1.5;
    QFETCH(const int, theme);
    QApplication::setPalette(paletteOf(Theme(theme)));
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });
    const QImage image = scene.grab();
    const auto *box = scene.window().findChild<QCheckBox *>(QStringLiteral("plotPin"));
    QStyleOptionButton option;
    option.initFrom(box);
    const QRect indicator =
            box->style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, box);

    QVERIFY(textContrast(part(image, indicator.translated(inWindow(*box).topLeft()))) > seen);
    const QRgb accent = box->palette().color(QPalette::Highlight).rgb();
    const auto isMarked = [&](const char *name) {
        const auto *button = scene.window().findChild<QWidget *>(QLatin1String(name));
        return colorsOf(part(image, inWindow(*button))).count(accent) > 0;
    };
    QVERIFY(isMarked("treeButton"));
    QVERIFY(!isMarked("tableButton"));
}

void tst_InspectorLooks::differsInLightAndDark()
{
    double brightness[2] = {};
    for (const Theme theme : { Theme::Light, Theme::Dark }) {
        QApplication::setPalette(paletteOf(theme));
        Scene scene(Scene::Rows);
        scene.show({ 1280, 800 });
        double sum = 0;
        int pixels = 0;
        for (const auto &[color, count] : colorsOf(scene.grab())) {
            sum += luminance(color) * count;
            pixels += count;
        }
        brightness[int(theme)] = sum / pixels;
    }

    QVERIFY(brightness[0] > 0.8);
    QVERIFY(brightness[1] < 0.1);
}

void tst_InspectorLooks::mirrorsItsLayout()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });
    const auto placeOf = [&scene](const char *name) {
        return inWindow(*scene.window().findChild<QWidget *>(QLatin1String(name)));
    };

    QVERIFY(placeOf("search").left() > placeOf("menu").right());
    QVERIFY(placeOf("tree").left() > placeOf("detail").right());
    const QModelIndex row = scene.tree()->model()->index(0, 0);
    QVERIFY(scene.tree()->visualRect(row).left()
            > scene.tree()->visualRect(row.siblingAtColumn(1)).left());
    const auto *title = scene.window().findChild<QLabel *>(QStringLiteral("detailTitle"));
    QVERIFY(title->alignment() & Qt::AlignRight);
}

// Where text runs to the left, too, the sign of a number stays before it.
void tst_InspectorLooks::doesNotMirrorNumbers()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });
    const QTreeView *tree = scene.tree();
    const QModelIndex recorder = tree->model()->index(1, 0);
    const auto found = tree->model()->match(tree->model()->index(0, 0, recorder), Qt::DisplayRole,
                                            QStringLiteral("temperature"));
    const QModelIndex value = found.value(0).siblingAtColumn(1);
    QCOMPARE(value.data().toString(), QStringLiteral("-12.5"));

    const QPoint origin = inWindow(*tree->viewport()).topLeft();
    const QImage cell = part(scene.grab(), tree->visualRect(value).translated(origin));
    const QImage text = ink(cell);
    const QSize end(text.width() / 5, text.height());
    const auto inked = [&](int x) {
        const QImage there = text.copy(QRect({ x, 0 }, end));
        return there.width() * there.height() - colorsOf(there)[cell.pixel(0, 0)];
    };

    QVERIFY(inked(0) * 2 < inked(text.width() - end.width())); // the one is "-", the other "5"
}

QTEST_MAIN(tst_InspectorLooks)

#include "tst_inspectorlooks.moc"
