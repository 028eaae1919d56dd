/* The progression: between sets, a pure function from the history that the host holds to the next load and its reason.
 *
 * It keeps no state: the same input gives the same decision, so a decision can be explained and replayed later. It runs on a
 * worker; an answer that comes late is not used and the load stays. Its decision is a proposal: the host rounds it to the
 * machine's increment, keeps it inside the machine's limits, shows it with its reason and asks for consent.
 */
#ifndef SHEAVE_EXT_PROGRESSION_H
#define SHEAVE_EXT_PROGRESSION_H

#include "../plugin.h"

#define SHEAVE_EXT_PROGRESSION "sheave.progression/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum sheave_set_end_reason {
  SHEAVE_SET_END_UNKNOWN = 0,
  SHEAVE_SET_END_RACKED = 1,   /* the person put the handle home          */
  SHEAVE_SET_END_FAILED = 2,   /* the spotter took the load in a pull     */
  SHEAVE_SET_END_EXERCISE = 3, /* the exercise ended it                   */
  SHEAVE_SET_END_LEFT = 4,     /* nobody there                            */
  SHEAVE_SET_END_STOPPED = 5,  /* Stop or Lower                           */
  SHEAVE_SET_END_LEASE_LOST = 6,
  SHEAVE_SET_END_FAULT = 7,       /* link, drive, plugin                     */
  SHEAVE_SET_END_INTERRUPTED = 8, /* the controller ended in mid-set         */
  SHEAVE_SET_END_FINISHED = 9,    /* the session was finished in mid-set     */
} sheave_set_end_reason_t;

typedef enum sheave_stop_answer {
  SHEAVE_STOP_ANSWER_NONE = 0,
  SHEAVE_STOP_ANSWER_TIRED = 1,
  SHEAVE_STOP_ANSWER_INTERRUPTED = 2,
  SHEAVE_STOP_ANSWER_PAIN = 3,
} sheave_stop_answer_t;

enum { /* sheave_rep_summary.flags */
       SHEAVE_REP_COUNTED = 1u << 0,
       SHEAVE_REP_PARTIAL = 1u << 1,
       SHEAVE_REP_ASSISTED = 1u << 2,
};

typedef struct sheave_rep_summary {
  double rom_share;      /* negative: unknown                        */
  double mean_speed_mps; /* concentric, mean over time               */
  double concentric_s;
  double pause_before_s; /* standstill at the low point before it    */
  uint32_t flags;        /* SHEAVE_REP_*                             */
  uint32_t form;         /* SHEAVE_FORM_*                            */
} sheave_rep_summary_t;

enum { /* sheave_set_summary.kind */
       SHEAVE_SET_WORKING = 1,
       SHEAVE_SET_WARM_UP = 2,
       SHEAVE_SET_PROBE = 3, /* the first set ever: finds a load */
};

enum { /* sheave_set_summary.side */
       SHEAVE_SIDE_BOTH = 0,
       SHEAVE_SIDE_LEFT = 1, /* one-sided work: the left side's set, then the right side's at the same load */
       SHEAVE_SIDE_RIGHT = 2,
};

typedef struct sheave_set_summary {
  uint32_t session_index; /* 0: the present session, 1: the one before, ...  */
  uint32_t set_index;     /* within the session, from 1                      */
  uint32_t kind;          /* SHEAVE_SET_*                                    */
  uint32_t end_reason;    /* sheave_set_end_reason_t                         */
  uint32_t stop_answer;   /* sheave_stop_answer_t                            */
  int32_t answer_rir;     /* the person's "how many more"; negative: none    */
  double load_kg;         /* total at the handle                             */
  double days_ago;        /* age of the set; negative: the clock was unsure  */
  const sheave_rep_summary_t* reps;
  uint32_t rep_count; /* all reps, partial ones too                      */
  uint32_t side;      /* SHEAVE_SIDE_*                                   */
} sheave_set_summary_t;

typedef enum sheave_decision_point {
  SHEAVE_DECIDE_FIRST_SET = 1, /* before the first working set of a session */
  SHEAVE_DECIDE_NEXT_SET = 2,  /* after a set, for the next of this session */
} sheave_decision_point_t;

/* What the person's own sets say of their strength at this exercise: the host's one model of it, so that no progression needs a
   second. NaN: not known. */
typedef struct sheave_strength {
  uint32_t struct_size;
  uint32_t reserved;
  double failure_mps;                   /* mean speed of a rep that leaves none                                        */
  double per_rep_mps;                   /* faster by this for each rep that is left; > 0                               */
  double reserve_error_reps;            /* standard error of reps left read off one set's speeds by these two          */
  double reserve_r2;                    /* of speed over reps within sets                                              */
  double one_rm_kg;                     /* what could be pulled once                                                   */
  double one_rm_low_kg, one_rm_high_kg; /* 90 % of it lies between                                          */
  double form_share;                    /* strength today over the usual, from this visit's warm-up speeds; 1: as usual */
  double form_error_share;              /* its standard error                                                          */
} sheave_strength_t;

typedef struct sheave_progression_in {
  uint32_t struct_size;
  uint32_t point;                   /* sheave_decision_point_t                                        */
  uint32_t rep_bottom, rep_top;     /* the target range, both included                                */
  uint32_t sets_planned, sets_done; /* working sets of this session                                   */
  double increment_kg;              /* the machine's step: every load is a whole multiple             */
  double load_min_kg, load_max_kg;
  double start_load_kg;             /* the program's first load for somebody unknown                  */
  double min_rom_share;             /* a rep below it does not count (0.8)                            */
  const sheave_set_summary_t* sets; /* newest first, this exercise, this person; a guest's: this session only */
  uint32_t set_count;
  uint32_t param_count;
  const sheave_param_value_t* params; /* every declared parameter, once */
  /* Since 1.1 */
  const double* const* peak_speeds_mps; /* [set_count][rep_count] concentric peaks; NaN: unknown                            */
  const uint32_t* worked_before;        /* [set_count] sets of other exercises for the same muscles earlier in that visit   */
  uint32_t worked_before_now;           /* the same of the present visit                                                    */
  uint32_t reserved;
  /* Since 1.2 */
  const sheave_strength_t* strength; /* null: the host has no model                                                         */
  const double* reps_left;           /* [set_count] reps left after each set, by the person's own speeds; NaN: unknown. Null: none known */
  /* Since 1.3 */
  const double* const* rep_loads_kg; /* [set_count][rep_count] total at the handle when each rep was pulled: less than the set's load_kg
                                        from where it was made lighter. Null: no set was */
} sheave_progression_in_t;

typedef enum sheave_decision {
  SHEAVE_DECISION_LOAD = 1, /* do the next set at load_kg               */
  SHEAVE_DECISION_STOP = 2, /* no further set: see the reason           */
} sheave_decision_t;

#define SHEAVE_REASON_SIZE 48
#define SHEAVE_EVIDENCE_MAX 8

typedef struct sheave_evidence {
  char name[24]; /* lower_snake_case with unit: "best_reps", "forecast_reps", "step_kg" */
  double value;
} sheave_evidence_t;

typedef struct sheave_progression_out {
  uint32_t struct_size;
  uint32_t decision;               /* sheave_decision_t                                              */
  double load_kg;                  /* total at the handle                                            */
  uint32_t next_kind;              /* SHEAVE_SET_WORKING, _PROBE                                     */
  uint32_t rep_goal;               /* reps to aim for in the next set; 0: the range                  */
  char reason[SHEAVE_REASON_SIZE]; /* UPPER_SNAKE code: "TOP_OF_RANGE_REACHED"; the host words it    */
  double confidence;               /* 0..1; negative: none stated                                    */
  uint32_t evidence_count;
  uint32_t reserved;
  sheave_evidence_t evidence[SHEAVE_EVIDENCE_MAX];
  /* Since 1.1 */
  double last_reps_speed_mps; /* m/s, concentric mean over time as sheave_rep_summary's, > 0 and below the speed of a fresh rep (rows
                                 and pulls: 0.2 to 0.7): a rep of the next set no faster than this leaves one or two, by the person's
                                 own sets, and the host says so while the set runs. 0, NaN, infinite or negative: unknown, nothing is
                                 said. For working sets; of warm-ups and probes it is not used */
  /* Since 1.3. Where reps are no faster than lighter_speed_mps more than two reps before the range, the host takes lighter_per_rep_share
     of the load off for each rep that is missing to its bottom: at a low point, twice a set at the most, never back up */
  double lighter_speed_mps;     /* m/s, as last_reps_speed_mps; 0, NaN, infinite or negative: the load stays */
  double lighter_per_rep_share; /* 1, 0 to 0.2; 0: the load stays */
  /* Since 1.4. What is known of the end besides the speed: last_reps_speed_mps is for rep last_reps_at of the next set, and each rep after
     it asks for less of a slowing down, each before it for more, by last_reps_rise_mps a rep */
  double last_reps_at;       /* reps, > 0 */
  double last_reps_rise_mps; /* m/s per rep, 0 to 0.2; 0, NaN, infinite or negative: the speed alone tells */
} sheave_progression_out_t;

typedef struct sheave_progression {
  bool (*decide)(const sheave_plugin_t* p, const sheave_progression_in_t* in,
                 sheave_progression_out_t* out); /* [worker] false: no decision, the load stays */
} sheave_progression_t;

#ifdef __cplusplus
}
#endif
#endif
