// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QByteArray>
#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <memory>

namespace Recorders {

namespace Internal {
class Baseline;
}

// What a model showed at one moment, for comparison.
class RECORDERS_EXPORT SnapshotMark
{
    Q_GADGET
    Q_PROPERTY(bool null READ isNull CONSTANT)
    Q_PROPERTY(QString name READ name WRITE setName)
    Q_PROPERTY(QDateTime time READ time CONSTANT)

public:
    SnapshotMark(); // null: there is nothing to compare with
    SnapshotMark(const SnapshotMark &other);
    SnapshotMark(SnapshotMark &&other) noexcept;
    SnapshotMark &operator=(const SnapshotMark &other);
    SnapshotMark &operator=(SnapshotMark &&other) noexcept;
    ~SnapshotMark();

    static SnapshotMark fromCbor(const QByteArray &cbor, QString *errorString = nullptr);
    QByteArray toCbor() const; // to compare with it in another run

    bool isNull() const { return !d; }
    qsizetype valueCount() const;
    QString name() const { return m_name; }
    void setName(const QString &name);
    QDateTime time() const; // when it was made

    friend bool operator==(const SnapshotMark &a, const SnapshotMark &b)
    {
        return a.d == b.d && a.m_name == b.m_name;
    }
    friend bool operator!=(const SnapshotMark &a, const SnapshotMark &b) { return !(a == b); }

private:
    friend class Internal::Baseline;

    SnapshotMark(std::shared_ptr<const Internal::Baseline> baseline, QString name);

    std::shared_ptr<const Internal::Baseline> d;
    QString m_name;
};

} // namespace Recorders

Q_DECLARE_METATYPE(Recorders::SnapshotMark)
