#pragma once
// What a person reads of their strength. Pure: a message and a look in, text out.

#include <string>
#include <vector>

#include "controller/app/cli/text.hpp"
#include "sheave/v1/telemetry.pb.h"

namespace sheave::cli {

/// Each number with its range, or why there is none and what helps; then the strength tests, place by place.
std::vector<std::string> strength_lines(const Look& look, const v1::Strength& strength);

/// "the load followed the strength test of 2026-11-14 10:02: 112 % at 0 %, ... of the range".
std::string load_curve_text(const v1::LoadCurve& curve);

}  // namespace sheave::cli
