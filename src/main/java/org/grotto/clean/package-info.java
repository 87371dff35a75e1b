/** Points made fit for use: duplicates, outliers, normals, spacing and noise, and how well the stations agree. */
package org.grotto.clean;
