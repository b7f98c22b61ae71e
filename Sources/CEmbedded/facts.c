#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char facts[] = {
#embed "data/facts.txt"
};

const unsigned char *baryon_facts_bytes(void) {
    return facts;
}

size_t baryon_facts_length(void) {
    return sizeof facts;
}

static const unsigned char shapes[] = {
#embed "data/shapes.txt"
};

const unsigned char *baryon_shapes_bytes(void) {
    return shapes;
}

size_t baryon_shapes_length(void) {
    return sizeof shapes;
}
