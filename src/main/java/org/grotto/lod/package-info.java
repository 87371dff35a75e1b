/** levels of detail: meshes as 3D Tiles, points as COPC. */
package org.grotto.lod;
