/** PLY, points and meshes: ascii and both byte orders. */
package org.grotto.format.ply;
