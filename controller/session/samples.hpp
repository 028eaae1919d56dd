#pragma once
// How the samples of a set are packed into its SampleBlob. The store keeps the bytes, the api hands them out.
//
// Little-endian. Header: u8 version (1), u8 axis_count, u16 0, i64 time of the first sample [ns, host monotonic].
// Per sample: u32 time since the first [us], u8 machine state, u8 0, u16 counted reps; then per axis five f32
// (extension [m], velocity [m/s], tension [N], commanded [N], ROM share, NaN where none), u8 phase, u8 fresh, i16 what of the tension the
// feed-forward added [0.05 N] (0 in files of before it was kept).

#include <cstdint>
#include <span>
#include <vector>

#include "controller/control/port.hpp"
#include "controller/core/status.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// Appends `frame`, the first one with the header before it. [main]
void append_sample(std::vector<std::uint8_t>& bytes, const control::Frame& frame, std::size_t axis_count, std::int64_t first_ns);

/// The frames of a blob; `tick`, `plan_id` and `reaction` are not kept. Reason SAMPLES_UNREADABLE. [any]
Result<std::vector<control::Frame>> decode_samples(const SampleBlob& blob);

}  // namespace sheave::session
