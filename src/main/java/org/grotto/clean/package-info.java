/** Points made fit for use: duplicates, outliers, normals, spacing and noise. */
package org.grotto.clean;
