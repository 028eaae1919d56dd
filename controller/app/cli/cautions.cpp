#include "controller/app/cli/cautions.hpp"

#include <fmt/format.h>

#include <utility>

#include "controller/app/cli/present.hpp"

namespace sheave::cli {

std::vector<std::string> Cautions::on(const Look& look, const v1::Fault& fault, double now_s) {
  const auto at = said_.find(fault.id());
  if (at == said_.end()) {
    if (fault.active()) said_[fault.id()] = {.at_s = now_s, .open = true};
    return {fault_line(look, fault)};
  }
  Said& said = at->second;
  said.active = fault.active();
  if (!fault.active()) return std::exchange(said.open, false) ? std::vector{fault_line(look, fault)} : std::vector<std::string>();
  ++said.unsaid;
  return due(look, now_s);
}

std::vector<std::string> Cautions::due(const Look& look, double now_s) {
  std::vector<std::string> lines;
  for (auto& [id, said] : said_) {
    if (said.unsaid == 0 || now_s - said.at_s < kAtMostEvery_s) continue;
    said.at_s = now_s;
    said.open = said.active;
    lines.push_back(again_line(look, id, said));
  }
  return lines;
}

std::vector<std::string> Cautions::rest(const Look& look) {
  std::vector<std::string> lines;
  for (auto& [id, said] : said_) {
    if (said.unsaid > 0) lines.push_back(again_line(look, id, said));
  }
  return lines;
}

std::string Cautions::again_line(const Look& look, const std::string& id, Said& said) {
  const int times = std::exchange(said.unsaid, 0);
  return paint(look, Ink::kCaution, id) +
         fmt::format(" came back {}{}.", times == 1 ? "once" : fmt::format("{} times", times), said.active ? ", and is on" : "");
}

}  // namespace sheave::cli
