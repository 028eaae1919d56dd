#pragma once
// The plugin SDK: a thin C++20 wrapper over the C ABI (plugins/abi). Header-only, needs nothing but the ABI and the standard
// library. A plugin is a class and one macro:
//
//   #include "sheave_sdk.hpp"
//
//   class Half final : public sheave::sdk::LoadProfile {
//    public:
//     static constexpr sheave::sdk::About kAbout{.id = "half", .name = "Half", .vendor = "me", .version = "1.0.0",
//                                                .description = "Half the load.", .max_tick_us = 20};
//     sheave::sdk::Tick on_tick(const sheave::sdk::LoadView& in, std::span<double> tension_n) override {
//       for (std::size_t i = 0; i < in.axis_count(); ++i) tension_n[i] = share_ * in.previous_tension_n(i);
//       return sheave::sdk::Tick::kRun;
//     }
//
//    private:
//     sheave::sdk::Param<double> share_{*this, {.id = 1, .name = "share", .unit = "1", .help = "Share of the load.",
//                                               .min = 0.1, .max = 1.0, .initial = 0.5, .live = true}};
//   };
//   SHEAVE_PLUGINS(Half);
//
// What the SDK does: no exception leaves the plugin (a throw is an error return), parameters are checked and delivered before
// on_tick, events have typed views, sizes of structs are checked. Link with the version script sheave_entry.version: the
// standard library's templates would otherwise be exported beside the entry.

#include "sheave_sdk/exercise.hpp"
#include "sheave_sdk/library.hpp"
#include "sheave_sdk/load_profile.hpp"
#include "sheave_sdk/params.hpp"
#include "sheave_sdk/plugin.hpp"
#include "sheave_sdk/progression.hpp"
