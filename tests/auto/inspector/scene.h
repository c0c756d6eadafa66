// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/inspector/inspectorwindow.h>

#include "shared/fakesnapshotsource.h"

#include <QImage>
#include <QTreeView>

#include <memory>

namespace Testing {

// An inspector in one of the states that it can be in.
class Scene
{
public:
    enum Kind {
        NoRuntime,
        NotStarted,
        Waiting,
        NoRecorders,
        FailedToStart,
        EndedWithNothing,
        NothingMatches,
        Rows,
        Table,
        Problems,
        Paused,
        SourceLost,
        LongNames,
        RightToLeftNames,
        ManyRecorders,
        LargeText,
    };
    static QStringList names(); // by kind

    explicit Scene(Kind kind);

    void show(const QSize &size); // and waits until it shows what there is
    QImage grab() const;

    Recorders::InspectorWindow &window() { return *m_window; }
    QTreeView *tree() const { return view("tree"); }
    QTreeView *view(const char *name) const;
    void trigger(const char *action) const;

private:
    void fill();
    void fillRows();
    void fillProblems();
    void fillNames(const QStringList &names);
    void arrange();
    void waitForRows(int count) const;
    void plot(int steps);

    const Kind m_kind;
    std::unique_ptr<FakeSnapshotSource> m_source;
    std::unique_ptr<Recorders::InspectorWindow> m_window;
};

} // namespace Testing
