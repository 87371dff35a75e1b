/** Gaussian splats, PLY and SPZ: told and measured, not shown. */
package org.grotto.format.splat;
