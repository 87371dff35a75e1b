/** EPT, Entwine Point Tiles: a cloud as an octree of files in a folder, read as one scan. */
package org.grotto.format.ept;
