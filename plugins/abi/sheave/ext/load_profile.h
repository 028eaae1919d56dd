/* The load profile: turns the base load into tension, tick by tick. Profiles form a chain like audio effects. */
#ifndef SHEAVE_EXT_LOAD_PROFILE_H
#define SHEAVE_EXT_LOAD_PROFILE_H

#include "../plugin.h"

#define SHEAVE_EXT_LOAD_PROFILE "sheave.load-profile/1"

/* Optional beside it, since 1.2: the most that the profile asks for, so that the host can hold a set to it. */
#define SHEAVE_EXT_LOAD_BOUND "sheave.load-bound/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheave_load_in {
  uint32_t struct_size;
  uint32_t axis_count;
  sheave_tick_time_t time;
  const sheave_axis_state_t* axes;  /* [axis_count] */
  const double* base_load_n;        /* [axis_count] from the exercise, within the set's load                    */
  const double* previous_tension_n; /* [axis_count] output of the link before this one; base load for the first */
  const double* rom_share;          /* [axis_count] as in sheave_exercise_in; NaN where no ROM is calibrated    */
  const uint32_t* phase;            /* [axis_count] sheave_phase_t                                              */
  const sheave_event_in_t* events;  /* parameter changes of this tick                                           */
} sheave_load_in_t;

typedef struct sheave_load_out {
  uint32_t struct_size;
  uint32_t axis_count;
  double* tension_n; /* [axis_count] a request: finite, >= 0; the host checks, clamps and slews it */
  /* [axis_count] 0 when called. The share, 0 to 1, of the machine's own moving mass that the profile needs in this tick: the host takes
     most of that mass out of the hand, and a profile that answers the movement, as a controller of speed or place does, is stable
     only with something to push against. */
  double* own_mass;
} sheave_load_out_t;

typedef struct sheave_load_profile {
  sheave_tick_status_t (*tick)(const sheave_plugin_t* p, const sheave_load_in_t* in, sheave_load_out_t* out); /* [control & running] */
} sheave_load_profile_t;

/* tick() never asks for more than factor * p + added_n on a cable, where p is the greatest previous_tension_n that it has been given on
 * any cable since start(). */
typedef struct sheave_load_bound {
  uint32_t struct_size;
  uint32_t reserved;
  double factor;  /* >= 0  */
  double added_n; /* >= 0  */
} sheave_load_bound_t;

/* Asked for each set, with the parameters that the person saw: what the whole chain may ask for follows, the machine pulls no harder in
 * this set, and says that it is limiting where the chain wants more. A live parameter does not widen it. A profile that does not say, or
 * says nonsense, is held to SHEAVE_LOAD_FACTOR_UNDECLARED times what comes in. */
typedef struct sheave_load_bounded {
  bool (*bound)(const sheave_plugin_t* p, sheave_load_bound_t* out); /* [main & active & !running] false: not known */
} sheave_load_bounded_t;

#define SHEAVE_LOAD_FACTOR_UNDECLARED 1.5 /* an eccentric overload */

#ifdef __cplusplus
}
#endif
#endif
