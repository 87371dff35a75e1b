/** clouds and meshes as arrays, trees, rays, frames, linear algebra. */
package org.grotto.geometry;
