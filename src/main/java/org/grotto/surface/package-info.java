/** from oriented points to a surface: screened Poisson reconstruction, trimming, colour, holes. */
package org.grotto.surface;
