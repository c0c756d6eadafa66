// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recordersinspector_export.h>

#include <QList>
#include <QString>
#include <QVariant>
#include <QWidget>

#include <memory>

class QMenu;
class QSettings;

namespace Recorders {

class InspectorWidgetPrivate;
class MetricsRuntime;
class SnapshotSource;

// Shows the recorders of a runtime, live, as a part of another window. It may outlive the runtime.
class RECORDERSINSPECTOR_EXPORT InspectorWidget : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorWidget(MetricsRuntime *runtime, QWidget *parent = nullptr);
    explicit InspectorWidget(SnapshotSource *source, QWidget *parent = nullptr);
    ~InspectorWidget() override;

    QList<QMenu *> menus() const; // all that can be done; the widget keeps them
    QSettings *settings() const; // where its layout is kept; null: nowhere
    void setSettings(QSettings *settings); // does not take ownership

Q_SIGNALS:
    void thresholdCrossed(const QString &entityId, const QString &metric, const QString &dimension,
                          const QVariant &value);

private:
    Q_DISABLE_COPY_MOVE(InspectorWidget)

    void release();

    std::unique_ptr<InspectorWidgetPrivate> d; // null once the application object is destroyed
};

} // namespace Recorders
