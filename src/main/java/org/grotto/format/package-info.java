/** what all readers and writers share. */
package org.grotto.format;
