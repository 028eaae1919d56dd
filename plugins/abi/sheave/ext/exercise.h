/* The exercise: judges what the rep detector saw.
 *
 * Every tick it sees the cables and the events of this tick; for each rep candidate it answers with exactly one verdict, in
 * the same tick or a later one of the same set, and that verdict is the rep that is counted, streamed and stored. It may give
 * cues, end the set, and share the set's load out inside the set (drop sets). It can lower the base load, never raise it above
 * what the session set.
 */
#ifndef SHEAVE_EXT_EXERCISE_H
#define SHEAVE_EXT_EXERCISE_H

#include "../plugin.h"

#define SHEAVE_EXT_EXERCISE "sheave.exercise/1"

#ifdef __cplusplus
extern "C" {
#endif

/* What the host's detector measured of one movement: out from a low point to a peak and back. Never changed by a plugin. */
typedef struct sheave_rep_candidate {
  sheave_event_header_t h; /* type SHEAVE_EVENT_REP_CANDIDATE                                   */
  uint32_t candidate;      /* +1 per candidate of the set, from 1                               */
  uint32_t axis;           /* the cable; SHEAVE_AXIS_BOTH: judged on the mean of the active ones */
  double start_m, peak_m, end_m;
  double rom_m;                                            /* peak - start                                                      */
  double rom_share;                                        /* rom_m / calibrated ROM; negative where no ROM is calibrated       */
  double peak_share;                                       /* how far into the calibrated range the peak lies; negative: no ROM */
  double concentric_s, peak_hold_s, eccentric_s, bottom_s; /* bottom: rest before the pull      */
  double longest_pause_s;                                  /* the longest standstill inside the pull                            */
  double mean_speed_mps;                                   /* concentric, mean over time                                        */
  double peak_speed_mps;
  double end_speed_mps;   /* mean speed over the last 20 % of the pull's distance              */
  double start_speed_mps; /* mean speed over the first 20 % of the pull's distance             */
  uint32_t flags;         /* SHEAVE_CANDIDATE_*                                                */
  uint32_t reserved;
} sheave_rep_candidate_t;

#define SHEAVE_AXIS_BOTH 0xffffffffu

enum {
  SHEAVE_CANDIDATE_ASSISTED = 1u << 0, /* the spotter took load off during it                    */
  SHEAVE_CANDIDATE_NO_RETURN = 1u << 1 /* the set ended before the handle came back              */
};

typedef enum sheave_verdict {
  SHEAVE_VERDICT_COUNTED = 1, /* a rep                                                        */
  SHEAVE_VERDICT_PARTIAL = 2, /* a pull, stored and shown, that does not count                */
  SHEAVE_VERDICT_REJECTED = 3 /* no rep of this exercise: shown as a cue, not stored as a rep */
} sheave_verdict_t;

enum { /* sheave_rep_verdict.form: why, and what to mend */
       SHEAVE_FORM_SHORT_ROM = 1u << 0,
       SHEAVE_FORM_NO_HOLD = 1u << 1,
       SHEAVE_FORM_SWING = 1u << 2,
       SHEAVE_FORM_TOO_FAST_RETURN = 1u << 3,
       SHEAVE_FORM_TOO_LONG = 1u << 4, /* the range is not that of this exercise */
       SHEAVE_FORM_NO_PULL_APART = 1u << 5,
       SHEAVE_FORM_NO_FULL_RETURN = 1u << 6, /* it began before the handle was back at the start of the range */
       SHEAVE_FORM_ABOVE_PEAK = 1u << 7,     /* it went past the end of the range                             */
       SHEAVE_FORM_TOO_FAST_PULL = 1u << 8,
       SHEAVE_FORM_TOO_SLOW_PULL = 1u << 9,
};

typedef struct sheave_rep_verdict {
  sheave_event_header_t h; /* type SHEAVE_EVENT_REP_VERDICT      */
  uint32_t candidate;      /* the candidate that it answers      */
  uint32_t verdict;        /* sheave_verdict_t                   */
  uint32_t form;           /* SHEAVE_FORM_*                      */
  uint32_t reserved;
  double hold_s; /* hold at the peak as this exercise measures it; negative: not measured */
} sheave_rep_verdict_t;

typedef enum sheave_cue {
  SHEAVE_CUE_NONE = 0,
  SHEAVE_CUE_PULL_FURTHER = 1,
  SHEAVE_CUE_HOLD = 2,
  SHEAVE_CUE_PULL_APART = 3,
  SHEAVE_CUE_ELBOWS_HIGH = 4,
  SHEAVE_CUE_STEADY_TORSO = 5,
  SHEAVE_CUE_SLOW_RETURN = 6,
  SHEAVE_CUE_GOOD = 7,
  SHEAVE_CUE_RETURN_FULLY = 8,
  SHEAVE_CUE_STOP_LOWER = 9, /* less far: the end of the range was passed */
  SHEAVE_CUE_SLOWER_PULL = 10,
  SHEAVE_CUE_FASTER_PULL = 11,
  SHEAVE_CUE_ONE_OR_TWO_LEFT = 12, /* the host's: by the person's own speeds */
  SHEAVE_CUE_OTHER_SIDE = 13,      /* the host's: one side is done           */
  SHEAVE_CUE_LIGHTER = 14,         /* the host's: load came off, to reach the range */
} sheave_cue_t;

typedef struct sheave_event_cue {
  sheave_event_header_t h; /* type SHEAVE_EVENT_CUE */
  uint32_t cue;            /* sheave_cue_t          */
  uint32_t reserved;
} sheave_event_cue_t;

typedef struct sheave_event_set_end {
  sheave_event_header_t h; /* type SHEAVE_EVENT_SET_END */
  uint32_t reserved[2];
} sheave_event_set_end_t;

typedef struct sheave_exercise_in {
  uint32_t struct_size;
  uint32_t axis_count;
  sheave_tick_time_t time;
  const sheave_axis_state_t* axes; /* [axis_count] */
  const double* rom_share;         /* [axis_count] 0 at the start of the calibrated range, 1 at its end; may leave [0, 1];
                                      NaN where no ROM is calibrated */
  const uint32_t* phase;           /* [axis_count] sheave_phase_t */
  double set_load_n;               /* per active cable, as the session set it */
  const sheave_event_in_t* events; /* candidates and parameter changes of this tick */
} sheave_exercise_in_t;

typedef struct sheave_exercise_out {
  uint32_t struct_size;
  uint32_t axis_count;
  double* base_load_n;              /* [axis_count] preset by the host to set_load_n; may be lowered */
  const sheave_event_out_t* events; /* verdicts, cues, end of set */
} sheave_exercise_out_t;

typedef struct sheave_exercise {
  sheave_tick_status_t (*tick)(const sheave_plugin_t* p, const sheave_exercise_in_t* in,
                               sheave_exercise_out_t* out); /* [control & running] */
} sheave_exercise_t;

#ifdef __cplusplus
}
#endif
#endif
