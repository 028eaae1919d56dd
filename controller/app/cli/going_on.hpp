#pragma once
// The calls by which a session that is held up goes on.

#include <chrono>
#include <functional>
#include <string>

#include "controller/app/cli/client.hpp"

namespace sheave::cli {

inline constexpr std::chrono::seconds kResetTime{3};  ///< What the machine takes at the most to leave its safe state, or not to.
inline constexpr std::chrono::seconds kBackTime{5};   ///< A drive that is back is known and read again by then.

/// Reads what is true until it `fits`, for `time` at the most. @return whether it did; `last` is the newest. Throws Failure where the
/// controller does not tell.
bool await_snapshot(Client& client, std::chrono::milliseconds time, const std::function<bool(const v1::Snapshot&)>& fits,
                    v1::Snapshot& last);
/// What is true now. Throws Failure.
v1::Snapshot snapshot_of(Client& client);

/// A person has seen the fault: the machine leaves its safe state once nothing is wrong. Throws Failure.
v1::Machine acknowledge(Client& client);
/// acknowledge() until it has left it. Throws Failure, after `time` with what is still wrong.
void clear_fault(Client& client, std::chrono::milliseconds time);
/// The person of `session` is ready: what comes next starts once the handle is out and still. Throws Failure.
v1::Session arm(Client& client, const std::string& session);

}  // namespace sheave::cli
