// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recordersinspector_export.h>

#include <QKeySequence>
#include <QObject>

#include <memory>

namespace Recorders {

class InspectorShortcutPrivate;
class InspectorWindow;
class MetricsRuntime;

// Keys that open an inspector from any window of the application: Ctrl+Alt+Shift+I.
class RECORDERSINSPECTOR_EXPORT InspectorShortcut : public QObject
{
    Q_OBJECT

public:
    explicit InspectorShortcut(MetricsRuntime *runtime, QObject *parent = nullptr);
    ~InspectorShortcut() override;

    QKeySequence key() const;
    void setKey(const QKeySequence &key); // one key with its modifiers

    InspectorWindow *window() const; // null until it is opened

public Q_SLOTS:
    void open();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Q_DISABLE_COPY_MOVE(InspectorShortcut)

    std::unique_ptr<InspectorShortcutPrivate> const d;
};

} // namespace Recorders
