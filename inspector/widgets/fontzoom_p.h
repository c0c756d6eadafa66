// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFont>
#include <QObject>

class QWidget;
class QWheelEvent;

namespace Recorders::Internal {

struct InspectorActions;

// Makes all text of a widget larger or smaller, by its actions or by the wheel with Ctrl.
class FontZoom : public QObject
{
    Q_OBJECT

public:
    FontZoom(const InspectorActions &actions, QWidget *widget);

    int level() const { return m_level; } // steps from the usual size
    void setLevel(int level); // as far as there are sizes

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isWithin(const QObject *object) const;
    void turn(const QWheelEvent &event);

    QWidget *const m_widget;
    QFont m_usual; // at level 0
    int m_level = 0;
    int m_turned = 0; // of the wheel, since the last step
};

} // namespace Recorders::Internal
