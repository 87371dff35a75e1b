/** pictures in UASTC LDR 4x4 blocks (Khronos Data Format Specification, chapter 25): blocks from pixels and pixels from blocks. */
package org.grotto.image.uastc;
