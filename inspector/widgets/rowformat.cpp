// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowformat_p.h"

#include <recorders/model/formattedvalue.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::RowFormat)
};

bool areCompared(const QList<SnapshotRow> &rows)
{
    return std::any_of(rows.cbegin(), rows.cend(),
                       [](const SnapshotRow &row) { return !row.change.isEmpty(); });
}

QStringList titles(bool withChange)
{
    QStringList titles{ Texts::tr("Recorder"), Texts::tr("Metric"), Texts::tr("Dimension"),
                        Texts::tr("Value"),    Texts::tr("Unit"),   Texts::tr("Rate per second") };
    if (withChange)
        titles += { Texts::tr("Change since mark"), Texts::tr("Delta since mark") };
    return titles;
}

QString exactText(const QVariant &value)
{
    return value.isValid() ? FormattedValue::exact(value) : QString();
}

QStringList cells(const SnapshotRow &row, bool withChange)
{
    QStringList cells{ row.recorder,  row.metric,
                       row.dimension, row.text.isEmpty() ? exactText(row.value) : row.text,
                       row.unit,      exactText(row.rate) };
    if (withChange)
        cells += { row.change, exactText(row.delta) };
    return cells;
}

QString oneLine(QString text)
{
    for (QChar &c : text) {
        if (c == u'\t' || c == u'\n' || c == u'\r')
            c = u' ';
    }
    return text;
}

QString csvCell(QString text)
{
    const auto isSpecial = [](QChar c) {
        return c == u',' || c == u'"' || c == u'\n' || c == u'\r';
    };
    if (std::none_of(text.cbegin(), text.cend(), isSpecial))
        return text;
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QByteArray jsonString(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{ text }).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

// As MetricSnapshot::toJson() writes values.
QByteArray jsonValue(const QVariant &value)
{
    if (!value.isValid())
        return QByteArrayLiteral("null");
    const QVariant script = FormattedValue::forScripts(value);
    const int type = script.typeId();
    const bool isLiteral = type == QMetaType::Bool
            || (type == QMetaType::Double && std::isfinite(script.toDouble()));
    return isLiteral ? exactText(value).toUtf8() : jsonString(exactText(value));
}

QByteArray jsonObject(const SnapshotRow &row)
{
    QByteArray object = "{\"recorder\": " + jsonString(row.recorder);
    const auto addText = [&object](const char *key, const QString &text) {
        if (!text.isEmpty())
            object += QByteArray(", \"") + key + "\": " + jsonString(text);
    };
    addText("metric", row.metric);
    addText("dimension", row.dimension);
    addText("text", row.text);
    if (row.text.isEmpty())
        object += ", \"value\": " + jsonValue(row.value);
    addText("unit", row.unit);
    if (row.rate.isValid())
        object += ", \"ratePerSecond\": " + jsonValue(row.rate);
    addText("change", row.change);
    if (row.delta.isValid())
        object += ", \"delta\": " + jsonValue(row.delta);
    return object + '}';
}

} // namespace

QString toText(const QList<SnapshotRow> &rows)
{
    const bool withChange = areCompared(rows);
    QString text = titles(withChange).join(u'\t') + u'\n';
    for (const SnapshotRow &row : rows) {
        QStringList line = cells(row, withChange);
        std::transform(line.cbegin(), line.cend(), line.begin(), oneLine);
        text += line.join(u'\t') + u'\n';
    }
    return text;
}

QString toHtml(const QList<SnapshotRow> &rows)
{
    const auto addLine = [](QString &html, const QStringList &line, const QString &tag) {
        html += QStringLiteral("<tr>");
        for (const QString &cell : line)
            html += u'<' + tag + u'>' + cell.toHtmlEscaped() + QStringLiteral("</") + tag + u'>';
        html += QStringLiteral("</tr>\n");
    };
    const bool withChange = areCompared(rows);
    QString html = QStringLiteral("<table>\n");
    addLine(html, titles(withChange), QStringLiteral("th"));
    for (const SnapshotRow &row : rows)
        addLine(html, cells(row, withChange), QStringLiteral("td"));
    return html + QStringLiteral("</table>\n");
}

QByteArray toCsv(const QList<SnapshotRow> &rows)
{
    const auto line = [](QStringList texts) {
        std::transform(texts.cbegin(), texts.cend(), texts.begin(), csvCell);
        return QString(texts.join(u',') + QStringLiteral("\r\n")).toUtf8();
    };
    const bool withChange = areCompared(rows);
    QByteArray csv = line(titles(withChange));
    for (const SnapshotRow &row : rows)
        csv += line(cells(row, withChange));
    return csv;
}

QByteArray toJson(const QList<SnapshotRow> &rows)
{
    QByteArray json = "[";
    for (const SnapshotRow &row : rows)
        json += (json.size() > 1 ? ",\n " : "\n ") + jsonObject(row);
    return json + "\n]\n";
}

QByteArray toBytes(const QList<SnapshotRow> &rows, RowFormat format)
{
    return format == RowFormat::Csv ? toCsv(rows) : toJson(rows);
}

} // namespace Recorders::Internal
