/** 3D Tiles 1.0 and 1.1 of any program: points or a mesh, in one level frame, read from a tileset or from one tile. */
package org.grotto.format.tiles3d;
