// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTableView>
#include <QTreeView>

namespace Benchmarks {

// A view that can be told to lay out its rows now rather than when it paints.
template <typename Base>
class View : public Base
{
public:
    explicit View(QAbstractItemModel &model)
    {
        Base::setModel(&model);
        Base::resize(800, 600);
    }

    using Base::executeDelayedItemsLayout;
};

struct NoView
{
    explicit NoView(QAbstractItemModel &) { }
};

class CollapsedTree : public View<QTreeView>
{
public:
    explicit CollapsedTree(QAbstractItemModel &model)
        : View(model)
    {
        setUniformRowHeights(true);
        show();
    }
};

// With all recorders expanded, of which the view makes one layout: expandToDepth() would make one
// after the other, which takes seconds where there are many.
class ExpandedTree : public View<QTreeView>
{
public:
    explicit ExpandedTree(QAbstractItemModel &model)
        : View(model)
    {
        setUniformRowHeights(true);
        for (int row = 0; row < model.rowCount(); ++row)
            expand(model.index(row, 0));
        show();
    }
};

class OpenTable : public View<QTableView>
{
public:
    explicit OpenTable(QAbstractItemModel &model)
        : View(model)
    {
        show();
    }
};

} // namespace Benchmarks
