#ifndef CRE2_H
#define CRE2_H

/// A C face of RE2, as much of it as the rule language needs: linear-time matching of UTF-8 text.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An opaque compiled pattern. Constant after compilation, so any number of threads may match with it.
typedef struct cre2_pattern cre2_pattern;

/// Compiles `length` bytes of UTF-8 at `bytes`; never returns a null pointer unless memory is exhausted.
/// Whether the pattern is usable is told by `cre2_is_valid`. Nothing is ever logged.
cre2_pattern *cre2_compile(const char *bytes, size_t length);

/// Releases a pattern; a null pointer is ignored.
void cre2_free(cre2_pattern *pattern);

/// 1 when the pattern compiled, 0 otherwise.
int cre2_is_valid(const cre2_pattern *pattern);

/// The error of a pattern that did not compile, or an empty string; lives as long as the pattern.
const char *cre2_error(const cre2_pattern *pattern);

/// How many capturing groups the pattern has.
int cre2_group_count(const cre2_pattern *pattern);

/// Searches `text` from byte `start`. Writes the start and end byte of groups 0..<`group_capacity` to
/// `positions` (two entries a group, -1 for a group that took no part). Returns 1 on a match, else 0.
int cre2_match(const cre2_pattern *pattern, const char *text, size_t length, size_t start,
               int64_t *positions, int group_capacity);

#ifdef __cplusplus
}
#endif

#endif
