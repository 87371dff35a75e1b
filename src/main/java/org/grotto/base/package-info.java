/** errors, options, progress, run record, units. */
package org.grotto.base;
