// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recordersinspector_export.h>

#include <QMainWindow>

#include <memory>

namespace Recorders {

class InspectorWindowPrivate;
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

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    Q_DISABLE_COPY_MOVE(InspectorWindow)

    void initialize();

    std::unique_ptr<InspectorWindowPrivate> const d;
};

} // namespace Recorders
