#include "controller/session/snapshot.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace sheave::session {
namespace {

// Who joined and a set-up that was confirmed were told with the next second of a rest only, or never where none ran.
TEST(Snapshot, WhatAScreenShowsIsNews) {
  Snapshot shown;
  shown.session.emplace().id = "ann";
  shown.lanes.resize(1);
  const std::vector<std::function<void(Snapshot&)>> news = {
      [](Snapshot& s) { s.set_up_due = true; },
      [](Snapshot& s) { s.walk_out = true; },
      [](Snapshot& s) { s.lanes.emplace_back(); },
      [](Snapshot& s) { s.lanes[0].session.id = "bob"; },
      [](Snapshot& s) { s.lanes[0].session.member_alias = "Bob"; },
      [](Snapshot& s) { s.lanes[0].rest_left_ms = 3000; },
      [](Snapshot& s) { s.lanes[0].load_total_kg = 20; },
      [](Snapshot& s) { s.note = "Pull further."; },
  };
  for (std::size_t i = 0; i < news.size(); ++i) {
    Snapshot changed = shown;
    EXPECT_TRUE(looks_same(shown, changed));
    news[i](changed);
    EXPECT_FALSE(looks_same(shown, changed)) << "change " << i;
  }
}

TEST(Snapshot, ARestIsToldBySeconds) {
  Snapshot shown;
  shown.lanes.resize(1);
  shown.rest_left_ms = shown.lanes[0].rest_left_ms = 3900;
  Snapshot later = shown;
  later.rest_left_ms = later.lanes[0].rest_left_ms = 3100;
  EXPECT_TRUE(looks_same(shown, later));
  later.lanes[0].rest_left_ms = 2900;
  EXPECT_FALSE(looks_same(shown, later));
}

}  // namespace
}  // namespace sheave::session
