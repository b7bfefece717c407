#ifndef COPENCC_SHIM_H
#define COPENCC_SHIM_H

/* The C face of OpenCC, from Debian's libopencc-dev. */
#include <opencc/opencc.h>

#endif
