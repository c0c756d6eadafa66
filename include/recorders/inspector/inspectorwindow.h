// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recordersinspector_export.h>

#include <QMainWindow>
#include <QString>
#include <QVariant>

#include <memory>

class QSettings;

namespace Recorders {

namespace Internal {
class ApplicationEnd;
}

class InspectorWidget;
class MetricsRuntime;
class SnapshotSource;

// Shows the recorders of a runtime, live. It may outlive the runtime.
class RECORDERSINSPECTOR_EXPORT InspectorWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit InspectorWindow(MetricsRuntime *runtime, QWidget *parent = nullptr);
    explicit InspectorWindow(SnapshotSource *source, QWidget *parent = nullptr);
    ~InspectorWindow() override;

Q_SIGNALS:
    void thresholdCrossed(const QString &entityId, const QString &metric, const QString &dimension,
                          const QVariant &value);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    Q_DISABLE_COPY_MOVE(InspectorWindow)

    void initialize(InspectorWidget *widget);
    QSettings *settings() const;
    void keepGeometry();

    QSize m_firstSize; // invalid when it was shown
    std::unique_ptr<const Internal::ApplicationEnd> m_end;
};

} // namespace Recorders
