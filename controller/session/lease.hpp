#pragma once
// Who steers. A lease lives by being renewed; without one the machine itself holds it.

#include <cstdint>
#include <string>

#include "controller/control/port.hpp"
#include "controller/core/status.hpp"

namespace sheave::session {

inline constexpr std::int64_t kLeaseSilent_ns = 2 * kNsPerS;  ///< Then nothing is raised.
inline constexpr std::int64_t kLeaseLost_ns = 10 * kNsPerS;   ///< Then a kiosk's load goes off; a phone's set goes on to its end.

/// Pure but for its own state; time is an argument. [main]
class Lease {
 public:
  /// `token` becomes the lease's. LEASE_HELD where another client holds it; the same client may take over once it was silent.
  Status acquire(const std::string& client, bool kiosk, std::string token, std::int64_t now_ns);
  Status renew(const std::string& token, std::int64_t now_ns);  ///< LEASE_LOST for a token that no longer counts.
  Status release(const std::string& token);

  /// What control is to know. Once no set runs, a lost lease falls back to the machine.
  control::LeaseHealth update(std::int64_t now_ns, bool set_running);
  /// True once after a kiosk's lease was lost: its person has no Stop, so nothing may start by itself.
  bool take_kiosk_lost() noexcept;

  bool held_by_machine() const noexcept { return token_.empty(); }
  const std::string& holder() const noexcept { return client_; }

 private:
  void drop() noexcept;

  std::string token_, client_;
  bool kiosk_ = false, kiosk_lost_ = false;
  std::int64_t renewed_ns_ = 0;
};

}  // namespace sheave::session
