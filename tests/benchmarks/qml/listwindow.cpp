// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "listwindow.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QQmlComponent>

namespace Benchmarks {

namespace {

const QByteArray list = R"(
import QtQuick
ListView {
    delegate: Row {
        required property string entityId
        required property string metric
        required property string text
        required property string rateText
        height: 20
        Text { width: 200; text: parent.entityId }
        Text { width: 200; text: parent.metric }
        Text { width: 200; text: parent.text }
        Text { width: 200; text: parent.rateText }
    }
}
)";

} // namespace

ListWindow::ListWindow(QAbstractItemModel &model)
{
    QQmlComponent component(&m_engine);
    component.setData(list, QUrl(QStringLiteral("list.qml")));
    m_list.reset(qobject_cast<QQuickItem *>(component.createWithInitialProperties(
            { { QStringLiteral("model"), QVariant::fromValue<QObject *>(&model) } })));
    if (!m_list)
        qFatal("%s", qUtf8Printable(component.errorString()));
    m_window.resize(800, 600);
    m_list->setParentItem(m_window.contentItem());
    m_list->setSize(m_window.size());
    m_window.show();
    while (!m_window.isExposed() || m_list->property("currentItem").isNull())
        QCoreApplication::processEvents();
}

} // namespace Benchmarks
