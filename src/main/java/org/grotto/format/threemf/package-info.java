/** 3MF meshes (3D Manufacturing Format). */
package org.grotto.format.threemf;
