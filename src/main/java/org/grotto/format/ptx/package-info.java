/** PTX, the text format of scanner software: several scans with poses. */
package org.grotto.format.ptx;
