// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <deque>
#include <functional>

namespace Recorders::Internal {

// What would change something that somebody looks at is put off: as long as there is a hold, and
// while another operation is under way.
class HeldOperations
{
public:
    class Hold
    {
    public:
        explicit Hold(const HeldOperations &held);
        ~Hold();

    private:
        Q_DISABLE_COPY_MOVE(Hold)
        const HeldOperations &m_held;
    };

    bool isHeld() const { return m_holds > 0; }
    void afterwards(std::function<void()> operation) const; // now, or when it is held no more

protected:
    HeldOperations() = default;
    ~HeldOperations() = default;

    template <typename Operation>
    void perform(Operation operation);

private:
    Q_DISABLE_COPY_MOVE(HeldOperations)

    mutable int m_holds = 0;
    mutable std::deque<std::function<void()>> m_putOff;
};

template <typename Operation>
void HeldOperations::perform(Operation operation)
{
    if (isHeld()) {
        afterwards([this, operation] { perform(operation); });
        return;
    }
    const Hold hold(*this);
    operation();
}

} // namespace Recorders::Internal
