#pragma once
// The symbols that a shared object exports.

#include <optional>
#include <string>
#include <vector>

namespace sheave::validator {

/// Defined dynamic symbols; empty optional where the file is no 64-bit ELF object that can be read.
std::optional<std::vector<std::string>> exported_symbols(const std::string& file);

}  // namespace sheave::validator
