#include "CEmbedded.h"

// #embed is of C23; clang has it in every mode and says so at each use.
#pragma clang diagnostic ignored "-Wc23-extensions"

struct starter_file {
    const char *path;
    const unsigned char *bytes;
    size_t length;
};

#include "starter_files.inc"

static const size_t file_count = sizeof files / sizeof files[0];

size_t baryon_starter_count(void) {
    return file_count;
}

const char *baryon_starter_path(size_t index) {
    return index < file_count ? files[index].path : "";
}

const unsigned char *baryon_starter_bytes(size_t index) {
    return index < file_count ? files[index].bytes : (const unsigned char *)"";
}

size_t baryon_starter_length(size_t index) {
    return index < file_count ? files[index].length : 0;
}
