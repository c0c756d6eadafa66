// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotnodes_p.h"

#include <QObject>
#include <QSet>
#include <QString>

namespace Recorders::Internal {

/*
    Of which recorders somebody wants to know the metrics: of those whose metrics are read. A recorder
    is not wanted any more once a change of its metrics was announced and nobody has read one of them
    for a while, as a view does at once that shows them.
*/
class MetricDemand : public QObject
{
    Q_OBJECT

public:
    using Time = RateWindow::Time;
    static constexpr Time patience = std::chrono::seconds(1);

    explicit MetricDemand(QObject *parent);

    bool isKept() const { return m_isKept; } // else nobody needs to know
    void setKept(bool kept); // forgets all
    const QSet<QString> &entityIds() const { return m_ids; }

    void noteRead(const RecorderNode &recorder); // one of its metrics
    void noteChange(const RecorderNode &recorder, Time now); // likewise, of the source
    void forget(const RecorderNode &recorder);
    void clear();

Q_SIGNALS:
    void changed(); // soon, once for all that changed

private:
    void tellLater();

    QSet<QString> m_ids;
    bool m_isKept = false;
    bool m_isTelling = false;
};

} // namespace Recorders::Internal
