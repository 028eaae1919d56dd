#pragma once
// A Watch that survives cut connections: it goes on from its last cursor, so that every rep and set comes exactly once.

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "controller/app/cli/client.hpp"
#include "controller/app/cli/events.hpp"

namespace sheave::cli {

/// Pushes kWatch for each message, kLost once per break, kFailed when it gives up: at once where no connection ever came
/// about or the server refuses, after kGiveUp where it was lost.
class WatchStream {
 public:
  static constexpr std::chrono::seconds kGiveUp{30};

  WatchStream(Client& client, v1::WatchRequest request, EventQueue& queue);
  ~WatchStream();
  WatchStream(const WatchStream&) = delete;
  WatchStream& operator=(const WatchStream&) = delete;

 private:
  enum class Next { kAgain, kEnd };
  void run();
  grpc::Status read_to_end();
  Next after_break(const grpc::Status& status);
  bool stopping();

  Client& client_;
  v1::WatchRequest request_;  // `after` follows what was read
  EventQueue& queue_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;                   // under mutex_
  grpc::ClientContext* context_ = nullptr;  // of the open stream; under mutex_
  bool connected_once_ = false, told_lost_ = false;
  std::chrono::steady_clock::time_point last_message_;
  std::thread thread_;
};

}  // namespace sheave::cli
