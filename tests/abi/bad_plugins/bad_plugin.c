/* A load profile that keeps every rule of the ABI but the one that the build names (BAD_*), for the tests of registry and
 * validator. Plain C: without any BAD_* it is the proof that a plugin needs no C++.
 *
 * With BAD_LATE it keeps the rule too, until five seconds of ticks are over: in a rep, under load, as the host finds it in a gym. In the
 * last good tick it asks for nothing: the command falls by one period's slew, which dates what follows in the simulator's log. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sheave/ext/load_profile.h"

typedef struct {
  sheave_plugin_t face;
  double share;
  bool was_active;
  double ticks;
  void* scratch;
} instance_t;

static instance_t* self(const sheave_plugin_t* p) { return (instance_t*)p->plugin_data; }

static const sheave_param_info_t params[] = {
    {1, SHEAVE_PARAM_LIVE, "share", "1", "Share of the load.", 0.1, 1.0,
#ifdef BAD_DEFAULT
     2.0
#else
     0.5
#endif
    },
};

static const sheave_descriptor_t desc = {sizeof(sheave_descriptor_t),
                                         {SHEAVE_ABI_MAJOR, SHEAVE_ABI_MINOR, SHEAVE_ABI_PATCH},
#ifdef BAD_ID
                                         "Bad_Plugin",
#else
                                         "bad-plugin",
#endif
                                         SHEAVE_EXT_LOAD_PROFILE,
                                         "A share of the load",
                                         "Sheave tests",
                                         "1.0.0",
                                         "Breaks one rule at most.",
                                         params,
                                         1,
#ifdef BAD_NO_TICK_TIME
                                         0,
#elif defined(BAD_SLOW)
                                         1,
#else
                                         50,
#endif
                                         0.0};

static bool init(const sheave_plugin_t* p) {
  (void)p;
#ifdef BAD_INIT_FAILS
  return false;
#else
  return true;
#endif
}

static void destroy(const sheave_plugin_t* p) {
  free(self(p)->scratch);
  free(self(p));
}

static bool activate(const sheave_plugin_t* p, const sheave_activation_t* a) {
#ifdef BAD_ACTIVATES_ONCE
  if (self(p)->was_active) return false;
#endif
  self(p)->was_active = true;
  self(p)->ticks = 0;
  for (uint32_t i = 0; i < a->param_count; ++i) {
    if (a->params[i].id == 1) self(p)->share = a->params[i].value;
  }
  return true;
}

static void deactivate(const sheave_plugin_t* p) { (void)p; }

static bool start(const sheave_plugin_t* p) {
#ifndef BAD_REMEMBERS
  self(p)->ticks = 0;
#endif
  (void)p;
  return true;
}

static void stop(const sheave_plugin_t* p) { (void)p; }

static void take_params(const sheave_plugin_t* p, const sheave_event_in_t* q) {
  for (uint32_t i = 0; q && i < q->count(q); ++i) {
    const sheave_event_header_t* h = q->get(q, i);
    if (h->space != 0 || h->type != SHEAVE_EVENT_PARAM || h->size < sizeof(sheave_event_param_t)) continue;
    const sheave_event_param_t* e = (const sheave_event_param_t*)h;
    if (e->param_id == 1) self(p)->share = e->value;
  }
}

#ifdef BAD_LATE
enum { GOOD_TICKS = 5000 };
static bool is_bad_now(const sheave_plugin_t* p) { return self(p)->ticks >= GOOD_TICKS; }
static bool is_last_good_tick(const sheave_plugin_t* p) { return self(p)->ticks + 1 == GOOD_TICKS; }
#else
static bool is_bad_now(const sheave_plugin_t* p) { return (void)p, true; }
static bool is_last_good_tick(const sheave_plugin_t* p) { return (void)p, false; }
#endif

static void misbehave(const sheave_plugin_t* p) {
  if (!is_bad_now(p)) return;
#ifdef BAD_ALLOCATES
  free(self(p)->scratch);
  self(p)->scratch = malloc(16);
#endif
#ifdef BAD_LOOPS
  for (volatile int forever = 1; forever;) {
  }
#endif
#ifdef BAD_CRASHES
  *(volatile int*)NULL = 0;
#endif
#ifdef BAD_SLOW
  /* Often enough for the 99th percentile, seldom enough for the tests' patience. */
  for (volatile int i = 0; (int)self(p)->ticks % 25 == 0 && i < 100000; ++i) {
  }
#endif
#ifdef BAD_STALLS
  /* Longer than any scheduler keeps a thread waiting: about 30 ms. */
  for (volatile int i = 0; i < 30000000; ++i) {
  }
#endif
}

#ifdef BAD_NOT_FINITE
static double bad_number(const sheave_load_in_t* in, uint32_t axis) {
#ifdef BAD_LATE
  (void)in, (void)axis;
  return NAN;
#else
  return in->axes[axis].speed_mps; /* passes on what it was given */
#endif
}
#endif

static sheave_tick_status_t tick(const sheave_plugin_t* p, const sheave_load_in_t* in, sheave_load_out_t* out) {
  take_params(p, in->events);
  misbehave(p);
  const bool bad = is_bad_now(p), asks_nothing = is_last_good_tick(p);
  self(p)->ticks += 1;
#ifdef BAD_FAILS
  if (bad) return SHEAVE_TICK_ERROR;
#endif
  for (uint32_t i = 0; i < out->axis_count; ++i) {
    double tension_n = self(p)->share * in->previous_tension_n[i];
    if (asks_nothing) tension_n = 0.0;
#ifdef BAD_NOT_FINITE
    if (bad) tension_n += bad_number(in, i);
#else
    (void)bad;
    if (!isfinite(tension_n)) return SHEAVE_TICK_ERROR;
#endif
#ifdef BAD_AT_BOUND
    tension_n /= 1.0 - self(p)->share;
#endif
#ifdef BAD_REMEMBERS
    tension_n += self(p)->ticks;
#endif
    out->tension_n[i] = tension_n;
  }
  return SHEAVE_TICK_RUN;
}

static const sheave_load_profile_t load_profile = {tick};

#ifdef BAD_OVER_BOUND
static bool bound(const sheave_plugin_t* p, sheave_load_bound_t* out) {
  out->factor = 0.9 * self(p)->share;
  out->added_n = 0.0;
  return true;
}
static const sheave_load_bounded_t load_bounded = {bound};
#endif

static const void* get_extension(const sheave_plugin_t* p, const char* id) {
  (void)p;
#ifdef BAD_OVER_BOUND
  if (strcmp(id, SHEAVE_EXT_LOAD_BOUND) == 0) return &load_bounded;
#endif
#ifdef BAD_ANY_EXTENSION
  (void)id;
  return &load_profile;
#else
  return strcmp(id, SHEAVE_EXT_LOAD_PROFILE) == 0 ? &load_profile : NULL;
#endif
}

static uint32_t count(const sheave_factory_t* f) {
  (void)f;
  return 1;
}

static const sheave_descriptor_t* descriptor(const sheave_factory_t* f, uint32_t i) {
  (void)f;
  return i == 0 ? &desc : NULL;
}

static bool is_ours(const char* id) {
#ifdef BAD_LOOSE_ID
  return strncmp(id, desc.id, strlen(desc.id)) == 0;
#else
  return strcmp(id, desc.id) == 0;
#endif
}

static const sheave_plugin_t* create(const sheave_factory_t* f, const sheave_host_t* h, const char* id) {
  (void)f;
  (void)h;
  if (!is_ours(id)) return NULL;
  instance_t* made = calloc(1, sizeof *made);
  if (!made) return NULL;
  const sheave_plugin_t face = {&desc, made, init, destroy, activate, deactivate, start, stop, get_extension};
  made->face = face;
  return &made->face;
}

static const sheave_factory_t factory = {count, descriptor, create};

static bool entry_init(const char* path) {
  (void)path;
  return true;
}

static void entry_deinit(void) {}

static const void* get_factory(const char* id) {
#ifdef BAD_ANY_FACTORY
  (void)id;
  return &factory;
#else
  return strcmp(id, SHEAVE_FACTORY_ID) == 0 ? &factory : NULL;
#endif
}

#ifdef BAD_EXTRA_SYMBOL
SHEAVE_EXPORT int leaked_symbol(void);
int leaked_symbol(void) { return 1; }
#endif

#ifdef BAD_ABI
#define ENTRY_MAJOR (SHEAVE_ABI_MAJOR + 1u)
#else
#define ENTRY_MAJOR SHEAVE_ABI_MAJOR
#endif
#ifdef BAD_NO_ENTRY
#define sheave_entry other_entry
SHEAVE_EXPORT extern const sheave_entry_t other_entry;
#endif
const sheave_entry_t sheave_entry = {{ENTRY_MAJOR, 0, 0}, entry_init, entry_deinit, get_factory};
