/** STL meshes, text and binary. */
package org.grotto.format.stl;
