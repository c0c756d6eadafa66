// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQmlExpression>
#include <QVariant>

#include <memory>

namespace Testing {

// A component that a test writes down, with the imports that all of them need.
class QmlScene
{
public:
    explicit QmlScene(const QByteArray &component, const QVariantMap &required = {})
        : m_component(&m_engine)
    {
        m_component.setData("import QtQml\nimport Recorders\n" + component,
                            QUrl(QStringLiteral("scene.qml")));
        if (m_component.isReady())
            m_root.reset(m_component.createWithInitialProperties(required));
    }

    QObject *root() const { return m_root.get(); } // null: see errors()
    QString errors() const { return m_component.errorString(); }

    QVariant value(const char *property) const { return m_root->property(property); }
    QVariant evaluate(const QString &expression)
    {
        QQmlExpression script(qmlContext(m_root.get()), m_root.get(), expression);
        const QVariant result = script.evaluate();
        return script.hasError() ? QVariant(script.error().toString()) : result;
    }

private:
    QQmlEngine m_engine;
    QQmlComponent m_component;
    std::unique_ptr<QObject> m_root;
};

} // namespace Testing
