// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/messagelog.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTemporaryDir>
#include <QTest>

#include <dlfcn.h>

using namespace Recorders;
using namespace Testing;

// Two copies of the library in one process, as with a plugin that brings its own.
class tst_LibraryCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areTold();
};

namespace {

// Never unloaded: Qt knows its types.
void *loadAnotherCopy(const QString &path)
{
    Dl_info own{};
    ::dladdr(reinterpret_cast<void *>(&Internal::isSameTypeSlow), &own);
    if (!QFile::copy(QString::fromLocal8Bit(own.dli_fname), path))
        return nullptr;
    return ::dlopen(qPrintable(path), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
}

// A runtime that is made, started and destroyed by the code of the other copy.
class RuntimeOfCopy
{
public:
    explicit RuntimeOfCopy(void *copy)
        : m_copy(copy)
    {
        symbol<void (*)(void *, QString, QObject *)>(
                "_ZN9Recorders14MetricsRuntimeC1E7QStringP7QObject")(
                m_storage, QStringLiteral("second"), nullptr);
    }
    ~RuntimeOfCopy() { symbol<void (*)(void *)>("_ZN9Recorders14MetricsRuntimeD1Ev")(m_storage); }

    RuntimeOfCopy(const RuntimeOfCopy &) = delete;
    RuntimeOfCopy &operator=(const RuntimeOfCopy &) = delete;

    bool start()
    {
        return symbol<bool (*)(void *, Error *)>("_ZN9Recorders14MetricsRuntime5startEPNS_5ErrorE")(
                m_storage, nullptr);
    }

private:
    template <typename Function>
    Function symbol(const char *name) const
    {
        return reinterpret_cast<Function>(::dlsym(m_copy, name));
    }

    void *const m_copy;
    alignas(MetricsRuntime) std::byte m_storage[sizeof(MetricsRuntime)];
};

} // namespace

void tst_LibraryCopies::areTold()
{
    const QTemporaryDir directory;
    const MessageLog log;
    MetricsRuntime first(QStringLiteral("first"));
    QVERIFY(first.start());
    void *const copy = loadAnotherCopy(directory.filePath(QStringLiteral("libcopy.so")));
    QVERIFY2(copy, ::dlerror());
    const QByteArray messagesOfOne = log.text();

    RuntimeOfCopy second(copy);
    const bool hasStarted = second.start();
    const QList<MessageLog::Message> messages = log.messages();
    RuntimeOfCopy third(copy);
    third.start();

    QCOMPARE(messagesOfOne, QByteArray());
    QVERIFY(hasStarted); // it works all the same
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.constFirst().category, QStringLiteral("recorders.core.runtime"));
    QVERIFY(messages.constFirst().text.contains(QStringLiteral("another copy")));
    QCOMPARE(log.messages().size(), 1); // it has been said
    const auto recorder = first.createRecorder(QStringLiteral("clock"));
    recorder->registerEvent(Tick{});
    QVERIFY(first.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_LibraryCopies)
#include "tst_librarycopies.moc"
