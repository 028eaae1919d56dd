#include "plugins/validator/elf_symbols.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace sheave::validator {
namespace {

/// A value at an offset of the file; nothing where the file is too short: the file is data from elsewhere.
template <typename T>
std::optional<T> at(const std::vector<char>& bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::optional<Elf64_Shdr> section(const std::vector<char>& bytes, const Elf64_Ehdr& header, std::size_t index) {
  if (index >= header.e_shnum) return std::nullopt;
  return at<Elf64_Shdr>(bytes, header.e_shoff + index * sizeof(Elf64_Shdr));
}

bool exported(const Elf64_Sym& symbol) {
  return symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS && ELF64_ST_BIND(symbol.st_info) != STB_LOCAL;
}

}  // namespace

std::optional<std::vector<std::string>> exported_symbols(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  const auto header = at<Elf64_Ehdr>(bytes, 0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS64) return std::nullopt;
  for (std::size_t i = 0; i < header->e_shnum; ++i) {
    const auto symbols = section(bytes, *header, i);
    if (!symbols || symbols->sh_type != SHT_DYNSYM) continue;
    const auto strings = section(bytes, *header, symbols->sh_link);
    if (!strings) return std::nullopt;
    std::vector<std::string> names;
    for (std::size_t k = 0; k < symbols->sh_size / sizeof(Elf64_Sym); ++k) {
      const auto symbol = at<Elf64_Sym>(bytes, symbols->sh_offset + k * sizeof(Elf64_Sym));
      if (!symbol || strings->sh_offset + symbol->st_name >= bytes.size()) return std::nullopt;
      const char* text = bytes.data() + strings->sh_offset + symbol->st_name;
      if (exported(*symbol)) names.emplace_back(text, strnlen(text, bytes.data() + bytes.size() - text));
    }
    return names;
  }
  return std::nullopt;
}

}  // namespace sheave::validator
