#pragma once
#include <stddef.h>

// The starter catalog: the files of `starter/`, in byte order of their paths (`make starter` renews the list).

/// How many files the starter catalog has.
size_t baryon_starter_count(void);

/// The path of a file below `starter/`, such as "vpc-network/v1.0/schema/schema.yaml"; empty past the end.
const char *_Nonnull baryon_starter_path(size_t index);

/// The content of a file, not ended by a zero; part of the program, never freed.
const unsigned char *_Nonnull baryon_starter_bytes(size_t index);

/// The length of a file's content in bytes; zero past the end.
size_t baryon_starter_length(size_t index);

// What is known of CloudFormation resource types; `data/make-facts.py` makes the lines and describes them.

/// The lines, not ended by a zero; part of the program, never freed.
const unsigned char *_Nonnull baryon_facts_bytes(void);

/// The length of the lines in bytes.
size_t baryon_facts_length(void);

// Which properties those types take; `data/make-shapes.py` makes the lines and describes them.

/// The lines, not ended by a zero; part of the program, never freed.
const unsigned char *_Nonnull baryon_shapes_bytes(void);

/// The length of the lines in bytes.
size_t baryon_shapes_length(void);
