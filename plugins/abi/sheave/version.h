/* The version of the plugin ABI.
 *
 * Rule: a host accepts a plugin of the same major version, whatever the minor. New behaviour is discovered by
 * extension id, never by minor; a published struct grows only at its end, and carries its size for that.
 */
#ifndef SHEAVE_VERSION_H
#define SHEAVE_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHEAVE_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheave_version {
  uint32_t major; /* bumped on any incompatible change; the host refuses a mismatch */
  uint32_t minor; /* additions only: new extensions, new trailing struct fields     */
  uint32_t patch; /* documentation and fixes; no effect on the ABI                  */
} sheave_version_t;

#define SHEAVE_ABI_MAJOR 1u
#define SHEAVE_ABI_MINOR 4u
#define SHEAVE_ABI_PATCH 0u

static inline sheave_version_t sheave_abi_version(void) {
  sheave_version_t v = {SHEAVE_ABI_MAJOR, SHEAVE_ABI_MINOR, SHEAVE_ABI_PATCH};
  return v;
}

static inline bool sheave_version_is_compatible(sheave_version_t v) { return v.major == SHEAVE_ABI_MAJOR; }

#ifdef __cplusplus
}
#endif
#endif
