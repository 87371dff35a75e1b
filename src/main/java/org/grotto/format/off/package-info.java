/** OFF meshes (Geomview's object file format), text. */
package org.grotto.format.off;
