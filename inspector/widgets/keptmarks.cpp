// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/keptmarks_p.h"

#include "widgets/inspectorsettings_p.h"
#include "widgets/marklist_p.h"

#include <QLoggingCategory>

namespace Recorders::Internal {

namespace {

Q_LOGGING_CATEGORY(lcMarks, "recorders.inspector.marks", QtWarningMsg)

// More would make the file of settings slow to read: this is some 100 kB, compressed.
constexpr qsizetype mostValues = 20'000;

QString settingsName()
{
    return QStringLiteral("marks");
}

} // namespace

KeptMarks::KeptMarks(MarkList *marks, InspectorSettings *settings)
    : m_marks(marks)
    , m_settings(settings)
{
    connect(marks, &MarkList::changed, this, &KeptMarks::save);
}

// The file may have been edited: what is not understood is left out, with a warning.
void KeptMarks::restore()
{
    QList<SnapshotMark> marks;
    const QVariantList kept = m_settings->value(settingsName()).toList();
    for (const QVariant &bytes : kept) {
        QString error;
        const auto mark = SnapshotMark::fromCbor(qUncompress(bytes.toByteArray()), &error);
        if (mark.isNull())
            qCWarning(lcMarks, "the settings have a mark that is not understood: %s",
                      qUtf8Printable(error));
        else
            marks.append(mark);
    }
    if (!marks.isEmpty())
        m_marks->restore(marks);
}

// Which of them is compared with is not kept.
void KeptMarks::save()
{
    if (m_saved == m_marks->marks())
        return;
    m_saved = m_marks->marks();
    QVariantList kept;
    qsizetype values = 0;
    for (const SnapshotMark &mark : m_marks->marks()) {
        values += mark.valueCount();
        if (values > mostValues)
            break;
        kept.append(qCompress(mark.toCbor()));
    }
    m_settings->setValue(settingsName(), kept.isEmpty() ? QVariant() : kept);
}

} // namespace Recorders::Internal
