#pragma once
// Wall time, injected: a label on records, never a timer.

#include "controller/session/records.hpp"

namespace sheave::session {

class WallClock {
 public:
  virtual ~WallClock() = default;
  virtual WallTime now() const = 0;  // [any]
};

/// NaN where either clock was unsure, or time went back between them.
double days_since(const WallTime& then, const WallTime& now) noexcept;

/// The system's clock; synchronized as the kernel's time discipline says (adjtimex).
class SystemWallClock final : public WallClock {
 public:
  WallTime now() const override;
};

}  // namespace sheave::session
