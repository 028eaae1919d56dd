#pragma once
// What is limited (1xx) comes and goes many times a minute on a busy host. In a terminal it is said once, then counted. Knows no clock.

#include <map>
#include <string>
#include <vector>

#include "controller/app/cli/text.hpp"
#include "sheave/v1/common.pb.h"

namespace sheave::cli {

class Cautions {
 public:
  static constexpr double kAtMostEvery_s = 60;  ///< Each one.

  /// What to print of `fault` now; nothing where it was said less than kAtMostEvery_s ago. @param now_s any steady clock.
  std::vector<std::string> on(const Look& look, const v1::Fault& fault, double now_s);
  /// What was only counted, once it may be said.
  std::vector<std::string> due(const Look& look, double now_s);
  /// What was only counted, as nothing more will come.
  std::vector<std::string> rest(const Look& look);

 private:
  struct Said {
    double at_s = 0;
    bool open = false;   // its end is still to be said
    bool active = true;  // by the last that was heard
    int unsaid = 0;      // times that it came back since
  };
  static std::string again_line(const Look& look, const std::string& id, Said& said);

  std::map<std::string, Said> said_;
};

}  // namespace sheave::cli
