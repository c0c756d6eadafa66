// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/flatsnapshotmodel.h>

namespace Recorders {

// The values of one recorder, live: a row for each dimension of each metric.
class RECORDERS_EXPORT RecorderSnapshotModel
    : public Recorders::FlatSnapshotModel // in full, for QML's tools
{
    Q_OBJECT
    Q_PROPERTY(QString entityId READ entityId WRITE setEntityId NOTIFY entityIdChanged)
    Q_PROPERTY(bool available READ isAvailable NOTIFY availableChanged)

public:
    enum Column { MetricColumn, DimensionColumn, ValueColumn, UnitColumn, RateColumn, ColumnCount };
    Q_ENUM(Column)

    explicit RecorderSnapshotModel(QObject *parent = nullptr);
    ~RecorderSnapshotModel() override;

    QString entityId() const;
    void setEntityId(const QString &entityId); // of a recorder that may come later

    bool isAvailable() const; // there is such a recorder, or was when the source ended

Q_SIGNALS: // a name would hide the property of that name in a handler of QML
    void entityIdChanged(const QString &);
    void availableChanged(bool);

private:
    Q_DISABLE_COPY_MOVE(RecorderSnapshotModel)

    void notifyOfAvailability();

    QString m_entityId;
    bool m_wasAvailable = false;
};

} // namespace Recorders
