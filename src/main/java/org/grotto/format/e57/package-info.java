/**
 * ASTM E2807 E57 files, read and written: many scans with their poses, every number type, page checksums. The numbers
 * in comments (6.x, 8.x, 9.x) are clauses of ASTM E2807-11.
 */
package org.grotto.format.e57;
