/** PCD, the format of the Point Cloud Library: text, binary, compressed. */
package org.grotto.format.pcd;
