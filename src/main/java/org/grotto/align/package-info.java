/** Whether the stations of a survey stand where they are said to stand: compared in pairs, judged, never moved. */
@NullMarked
package org.grotto.align;

import org.jspecify.annotations.NullMarked;
