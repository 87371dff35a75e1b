/** ASTM E2807 E57 files, read and written: many scans with their poses, every number type, page checksums. */
package org.grotto.format.e57;
