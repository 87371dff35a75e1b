/** LAS, LAZ and COPC: readers, writers and the arithmetic coding beneath them. */
package org.grotto.format.las;
