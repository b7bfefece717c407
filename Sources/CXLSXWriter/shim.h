#ifndef CXLSXWRITER_SHIM_H
#define CXLSXWRITER_SHIM_H

/* The C library libxlsxwriter, from Debian's libxlsxwriter-dev. */
#include <xlsxwriter.h>

#endif
