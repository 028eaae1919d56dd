#pragma once
// Messages of the API as JSON, one object per line.

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

namespace sheave::cli {

/// {"type":"rep", ...}: field names as in the proto, default values printed, absent optionals left out. No line break at the end.
std::string json_line(std::string_view type, const google::protobuf::Message& message);

}  // namespace sheave::cli
