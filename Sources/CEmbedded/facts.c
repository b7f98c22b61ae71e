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
