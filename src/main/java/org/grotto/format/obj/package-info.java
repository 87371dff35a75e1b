/** Wavefront OBJ meshes. */
package org.grotto.format.obj;
