/** The arithmetic coding of LAZ: chunks of points from and to bytes. It knows no file. */
package org.grotto.format.las.laz;
