#pragma once
// A program's preview as a drawing: forces over the range out and back, one visit's sets and rests, the loads of the visits to come.

#include <string>

#include "controller/app/cli/text.hpp"
#include "sheave/v1/program.pb.h"

namespace sheave::cli {

/// An SVG file for light and dark surroundings. @param look says kilograms or pounds.
std::string preview_svg(const Look& look, const v1::PreviewProgramResponse& preview);

}  // namespace sheave::cli
