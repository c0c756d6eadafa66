// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotnodes_p.h"

#include <QObject>
#include <QSet>
#include <QString>

namespace Recorders::Internal {

/*
    Of which recorders somebody wants to know the metrics: of those whose metrics are read. Views read
    at once what was announced of what they show. If nobody has for a while, it may be that what they
    show has not changed, only something else of the recorder: so what was read last is announced
    once more. If that is not read either, nobody wants it.
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
    // Likewise. Returns whether nobody has read one for a while, though it is wanted.
    bool noteChange(const RecorderNode &recorder, Time now); // of the source
    void waitAgain(const RecorderNode &recorder, Time now) const { recorder.unreadSince = now; }
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
