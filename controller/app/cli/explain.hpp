#pragma once
// Why the next weight is what it is: what the set was, what of it counted, the rule, and the numbers behind it. Pure.

#include <google/protobuf/struct.pb.h>

#include <string>
#include <vector>

#include "controller/app/cli/text.hpp"
#include "sheave/v1/session.pb.h"

namespace sheave::cli {

struct Explanation {
  const v1::Set* set = nullptr;        ///< What the weight was chosen after.
  const v1::Set* next = nullptr;       ///< What was then done; null: nothing yet.
  std::vector<const v1::Set*> before;  ///< Earlier sets of the session, oldest first.
};

/// @param sets of one session, with their reps. @param index of the set; 0: the newest that a weight was chosen after. Null `set`: none.
Explanation explain(const std::vector<v1::Set>& sets, int index);

/// For a member, in words. @pre explanation.set has a proposal
std::vector<std::string> explanation_lines(const Look& look, const Explanation& explanation);
/// The same as data: rules by id, evidence by name, each movement with whether it counted and why not.
google::protobuf::Struct explanation_data(const Explanation& explanation);

}  // namespace sheave::cli
