/** glTF 2.0 meshes and 3D Tiles 1.1 tilesets: reading and writing. */
@org.jspecify.annotations.NullMarked
package org.grotto.format.gltf;
