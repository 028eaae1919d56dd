#include "controller/app/cli/json.hpp"

#include <google/protobuf/util/json_util.h>

namespace sheave::cli {

std::string json_line(std::string_view type, const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string fields;
  (void)google::protobuf::util::MessageToJsonString(message, &fields, options);  // fails for Any and bad UTF-8 only: none is ours
  std::string line = "{\"type\":\"" + std::string(type) + "\"";
  if (fields.size() > 2) line += ",";
  return line.append(fields, 1);
}

}  // namespace sheave::cli
