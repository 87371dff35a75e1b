/** Potree 1 and 2: a cloud as an octree in a folder, made for viewers, read as one scan. */
package org.grotto.format.potree;
