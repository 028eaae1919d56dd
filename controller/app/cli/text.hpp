#pragma once
// Text for a terminal: colours, columns, bars, and numbers as people read them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sheave::cli {

/// How the output looks. Made once, from the terminal and the options.
struct Look {
  bool live = false;    ///< A terminal that can be redrawn: bars, a live line. Else one plain line per event.
  bool colour = false;  ///< Only with `live`, and without NO_COLOR.
  int width = 80;       ///< Columns.
  bool pounds = false;
};

/// Blue marks what moves or comes next, amber what is limited, red what is broken or stopped. Never green: good is the normal case.
enum class Ink { kPlain, kBold, kDim, kAccent, kCaution, kStop };

std::string paint(const Look& look, Ink ink, std::string_view text);

/// Columns that `text` takes: escape sequences take none, every other character one.
int columns_of(std::string_view text);
/// `text` cut to `columns`, its escape sequences kept.
std::string cut(std::string_view text, int columns);
/// `text` in a field of `columns`, to the left or to the right.
std::string left(std::string_view text, int columns);
std::string right(std::string_view text, int columns);
/// Words broken into lines of `columns`, each but the first after `indent` blanks.
std::string wrap(std::string_view text, int columns, int indent);

/// A bar of `cells` columns, in eighths of a cell; `share` is held to 0..1.
std::string bar(double share, int cells);

/// "0.62 m/s"; "-" where it is unknown.
std::string quantity(std::optional<double> value, int decimals, std::string_view unit);
/// "42.25 kg" or "93.1 lb": kilograms are multiples of 0.25, pounds are rounded to a tenth.
std::string load(const Look& look, double kg);
/// As load(), with its sign: "+2.25 kg".
std::string load_step(const Look& look, double kg);
/// "2026-11-21 14:05" where this computer is.
std::string local_time(std::int64_t unix_s);
/// When the day "2026-11-21", or one so many days after it, begins where this computer is; nothing for what is no day.
std::optional<std::int64_t> begin_of_day(const std::string& day, int days_after = 0);
/// "1:05"
std::string clock(double seconds);

/// "TOP_OF_RANGE_REACHED" to "top of range reached"; what stands before and with `prefix` is dropped.
std::string words(std::string_view upper_snake, std::string_view prefix = {});

/// "set 2 of 3" to "Set 2 of 3".
std::string upper_first(std::string text);

/// "programs/cable-row" to "cable-row", as commands take it.
std::string id_of(std::string_view resource_name);

}  // namespace sheave::cli
