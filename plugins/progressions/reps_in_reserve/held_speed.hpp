#pragma once
// Somebody who neither says what was left nor slows down: nothing tells how strong they are, but that a set ended as fast as it began tells
// that its end was far. By reps alone they would be at a child's weight for months.

#include "rules.hpp"

namespace sheave::progressions {

/// As fast as before: speeds of single reps are off by about 5 %; near the limit a set loses a quarter of its speed and more.
inline constexpr double kHeld = 0.95;

/// A working set that ended by itself, and as fast as before. An unknown speed makes it false.
bool held_speed(const SetFacts& set);

/// A working set that ended by itself, half as fast as it began, and slow for most people: few were left. An unknown speed makes it false.
bool fallen_speed(const SetFacts& set);

/// [m/s] Over all reps. @pre there are some.
double mean_mps(const SetFacts& set);

/// [m/s] The pace of somebody who does not pull as fast as they can: the same, to the end of sets, whatever the load. It falls only near
/// their limit, and then it tells more than how fast they are. 0: none is known.
double kept_pace_mps(const Question& q);

/// A working set whose end was slower than a kept pace: few were left. An unknown speed makes it false.
bool left_pace(const Question& q, const SetFacts& set);

/// In this session: the top of the range, unasked and at a speed that held, earns as much as the bottom of the range can carry.
bool raise_held_speed(const Question& q, sdk::Decision& out);

/// Before the first set of a visit: where the last visit's speed held to, not where its first set was.
bool start_at_held_speed(const Question& q, sdk::Decision& out);

}  // namespace sheave::progressions
