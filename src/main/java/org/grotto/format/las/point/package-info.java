/** LAS point records: their layout, points as columns, the bytes of both. */
package org.grotto.format.las.point;
