#include "cre2.h"

#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <new>
#include <vector>

struct cre2_pattern {
    RE2 expression;

    cre2_pattern(const char *bytes, size_t length, const RE2::Options &options)
        : expression(re2::StringPiece(bytes, length), options) {}
};

// A hostile pattern must not take the memory of the process: RE2 refuses a program above this size.
static const int64_t maximumProgramBytes = 8 << 20;

extern "C" cre2_pattern *cre2_compile(const char *bytes, size_t length) {
    RE2::Options options(RE2::Quiet);
    options.set_encoding(RE2::Options::EncodingUTF8);
    options.set_max_mem(maximumProgramBytes);
    return new (std::nothrow) cre2_pattern(bytes, length, options);
}

extern "C" void cre2_free(cre2_pattern *pattern) { delete pattern; }

extern "C" int cre2_is_valid(const cre2_pattern *pattern) {
    return pattern != nullptr && pattern->expression.ok() ? 1 : 0;
}

extern "C" const char *cre2_error(const cre2_pattern *pattern) {
    return pattern == nullptr ? "" : pattern->expression.error().c_str();
}

extern "C" int cre2_group_count(const cre2_pattern *pattern) {
    return pattern == nullptr ? 0 : pattern->expression.NumberOfCapturingGroups();
}

extern "C" int cre2_match(const cre2_pattern *pattern, const char *text, size_t length, size_t start,
                          int64_t *positions, int group_capacity) {
    if (cre2_is_valid(pattern) == 0 || start > length || group_capacity < 0) {
        return 0;
    }
    std::vector<re2::StringPiece> groups(static_cast<size_t>(group_capacity));
    const re2::StringPiece subject(text, length);
    if (!pattern->expression.Match(subject, start, length, RE2::UNANCHORED, groups.data(), group_capacity)) {
        return 0;
    }
    for (int index = 0; index < group_capacity; index += 1) {
        const re2::StringPiece &group = groups[static_cast<size_t>(index)];
        const bool absent = group.data() == nullptr;
        positions[2 * index] = absent ? -1 : static_cast<int64_t>(group.data() - text);
        positions[2 * index + 1] = absent ? -1 : static_cast<int64_t>(group.data() - text + group.size());
    }
    return 1;
}
