/* What a plugin sees of one control tick: time, the cables, and events.
 *
 * Signs and units, for the whole ABI: SI. Extension grows as the person pulls and is never negative; speed is positive
 * while pulling (concentric) and negative while returning (eccentric); tension is never negative.
 * "Unknown" is never 0: a field that may be unknown says how that is told.
 */
#ifndef SHEAVE_TICK_H
#define SHEAVE_TICK_H

#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SHEAVE_MAX_AXES 2u

/* sheave_axis_state.flags */
enum {
  SHEAVE_AXIS_VALID = 1u << 0,   /* position, speed and tension come from a good sample of this tick */
  SHEAVE_AXIS_ACTIVE = 1u << 1,  /* this cable takes part in the exercise                            */
  SHEAVE_AXIS_LIMITED = 1u << 2, /* the host's envelope changed this cable's last request            */
};

typedef struct sheave_axis_state {
  double extension_m;     /* >= 0, from the home stop                              */
  double speed_mps;       /* the host's filtered estimate                          */
  double tension_n;       /* measured at the drive, >= 0                           */
  int64_t sample_time_ns; /* host monotonic time at which the sample was taken     */
  uint32_t flags;         /* SHEAVE_AXIS_*                                         */
  uint32_t reserved;
} sheave_axis_state_t;

/* All that a plugin may know about time. Plugins never read a clock. */
typedef struct sheave_tick_time {
  uint64_t index;    /* +1 per tick since start(); a gap means missed ticks   */
  int64_t now_ns;    /* host monotonic time at the start of the tick          */
  int64_t dt_ns;     /* measured time since the previous tick; 0 on the first */
  int64_t period_ns; /* nominal; constant while active                        */
} sheave_tick_time_t;

typedef enum sheave_phase {
  SHEAVE_PHASE_REST = 0,       /* at the start of the range, still             */
  SHEAVE_PHASE_CONCENTRIC = 1, /* pulling                                      */
  SHEAVE_PHASE_PEAK = 2,       /* still at the end of the range                */
  SHEAVE_PHASE_ECCENTRIC = 3,  /* returning                                    */
} sheave_phase_t;

/* Events have a size so that a host can copy what a newer plugin sends. */
typedef struct sheave_event_header {
  uint32_t size;  /* of the whole event, this header included */
  uint16_t space; /* 0: core                                  */
  uint16_t type;  /* SHEAVE_EVENT_*                           */
} sheave_event_header_t;

enum {
  SHEAVE_EVENT_PARAM = 1,         /* host -> plugin: a live parameter changed, in force from this tick on   */
  SHEAVE_EVENT_REP_CANDIDATE = 2, /* host -> exercise: the detector saw a whole movement                    */
  SHEAVE_EVENT_REP_VERDICT = 3,   /* exercise -> host: the one verdict on a candidate                       */
  SHEAVE_EVENT_CUE = 4,           /* exercise -> host: one short cue for the person                         */
  SHEAVE_EVENT_SET_END = 5,       /* exercise -> host: the exercise ends the set                            */
};

typedef struct sheave_event_param {
  sheave_event_header_t h;
  uint32_t param_id;
  uint32_t reserved;
  double value;
} sheave_event_param_t;

typedef struct sheave_event_in { /* read-only; valid until tick() returns */
  void* ctx;
  uint32_t (*count)(const struct sheave_event_in* q);
  const sheave_event_header_t* (*get)(const struct sheave_event_in* q, uint32_t i);
} sheave_event_in_t;

typedef struct sheave_event_out {
  void* ctx;
  bool (*try_push)(const struct sheave_event_out* q, const sheave_event_header_t* e); /* copies; false when full */
} sheave_event_out_t;

typedef enum sheave_tick_status {
  SHEAVE_TICK_ERROR = 0, /* the output is ignored; the host runs its fallback ramp and latches a fault */
  SHEAVE_TICK_RUN = 1,   /* the output is valid                                                        */
} sheave_tick_status_t;

#ifdef __cplusplus
}
#endif
#endif
