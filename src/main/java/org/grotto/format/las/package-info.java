/** LAS, LAZ and COPC files: headers, records of all kinds, readers, writers. */
package org.grotto.format.las;
