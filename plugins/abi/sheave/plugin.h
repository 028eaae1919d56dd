/* What every plugin has, whatever its kind: one exported entry, descriptors, a life cycle, extensions by id.
 *
 * Threads: [main] is the host's main thread, [control] the thread that runs the tick, [worker] any single thread the host
 * chooses for a pure computation, [any] any of them. A state after & is a precondition:
 *
 *   create -> init -> [ activate -> [ start -> tick* -> stop ]* -> deactivate ]* -> destroy
 *                       allocate        no allocation, lock, I/O, clock or exception here
 *
 * Pointers handed to the host stay valid until destroy() (of a descriptor: until the entry's deinit()); pointers handed
 * to the plugin are valid during the call only, unless said otherwise.
 */
#ifndef SHEAVE_PLUGIN_H
#define SHEAVE_PLUGIN_H

#include "tick.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  SHEAVE_PARAM_LIVE = 1u << 0,    /* may change while running, by SHEAVE_EVENT_PARAM */
  SHEAVE_PARAM_STEPPED = 1u << 1, /* whole numbers only                              */
};

typedef struct sheave_param_info {
  uint32_t id;      /* stable for the life of the plugin id                              */
  uint32_t flags;   /* SHEAVE_PARAM_*                                                    */
  const char* name; /* UTF-8, lower_snake_case with its unit as suffix: "hold_s"         */
  const char* unit; /* UCUM: "s", "m", "N/m", "kg", "%", "1"                             */
  const char* help; /* one sentence                                                      */
  double min_value, max_value, default_value;
} sheave_param_info_t;

typedef struct sheave_param_value {
  uint32_t id;
  uint32_t reserved;
  double value; /* finite, inside the declared range, whole where stepped: the host has checked */
} sheave_param_value_t;

typedef struct sheave_descriptor {
  uint32_t struct_size; /* sizeof as compiled; the host reads no further         */
  sheave_version_t abi;
  const char* id;   /* kebab-case, unique over all plugins: "cable-row"      */
  const char* kind; /* the id of the extension that makes it what it is      */
  const char *name, *vendor, *version, *description;
  const sheave_param_info_t* params;
  uint32_t param_count;
  uint32_t max_tick_us; /* the author's worst case; 0 for a kind without a tick  */
  double min_rate_hz;   /* refused on a slower control loop; 0: any rate         */
} sheave_descriptor_t;

typedef struct sheave_host {
  sheave_version_t abi;
  void* host_data;
  const char *name, *version;
  const void* (*get_extension)(const struct sheave_host* h, const char* id); /* [any] null: not offered */
} sheave_host_t;

typedef struct sheave_activation {
  uint32_t struct_size;
  uint32_t axis_count;  /* constant while active */
  int64_t period_ns;    /* constant while active */
  double tension_min_n; /* the envelope in force; the host clamps whatever a plugin does */
  double tension_max_n;
  double slew_max_nps;
  double extension_max_m;
  const sheave_param_value_t* params; /* every declared parameter, once */
  uint32_t param_count;
  uint32_t reserved;
} sheave_activation_t;

typedef struct sheave_plugin {
  const sheave_descriptor_t* desc;
  void* plugin_data;
  bool (*init)(const struct sheave_plugin* p);                                   /* [main & !active] */
  void (*destroy)(const struct sheave_plugin* p);                                /* [main & !active] frees p too */
  bool (*activate)(const struct sheave_plugin* p, const sheave_activation_t* a); /* [main & !active] allocate here */
  void (*deactivate)(const struct sheave_plugin* p);                             /* [main & active & !running] */
  bool (*start)(const struct sheave_plugin* p);                                  /* [control & active & !running] forget the last run */
  void (*stop)(const struct sheave_plugin* p);                                   /* [control & running] */
  const void* (*get_extension)(const struct sheave_plugin* p, const char* id);   /* [any] after init; null: not offered */
} sheave_plugin_t;

typedef struct sheave_factory {
  uint32_t (*count)(const struct sheave_factory* f);                                    /* [any] */
  const sheave_descriptor_t* (*descriptor)(const struct sheave_factory* f, uint32_t i); /* [any] */
  const sheave_plugin_t* (*create)(const struct sheave_factory* f, const sheave_host_t* h,
                                   const char* id); /* [main] null: unknown id or no memory; host callbacks forbidden */
} sheave_factory_t;

#define SHEAVE_FACTORY_ID "sheave.factory/1"

typedef struct sheave_entry {
  sheave_version_t abi;                               /* the first field, for ever           */
  bool (*init)(const char* path);                     /* [main] quick: no thread, no I/O     */
  void (*deinit)(void);                               /* [main] after the last destroy(); a process with two hosts pairs one with
                                                         each init() that was true: count them */
  const void* (*get_factory)(const char* factory_id); /* [any] null: not offered             */
} sheave_entry_t;

#define SHEAVE_ENTRY_SYMBOL "sheave_entry"
SHEAVE_EXPORT extern const sheave_entry_t sheave_entry; /* the only exported symbol */

#ifdef __cplusplus
}
#endif
#endif
