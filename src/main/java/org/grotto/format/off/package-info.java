/** OFF meshes (Geomview's object file format). */
package org.grotto.format.off;
