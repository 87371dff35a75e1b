/** pixels, colour, resampling. */
package org.grotto.image;
