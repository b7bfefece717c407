#ifndef CQRENCODE_SHIM_H
#define CQRENCODE_SHIM_H

/* libqrencode, from Debian's libqrencode-dev. */
#include <qrencode.h>

#endif
