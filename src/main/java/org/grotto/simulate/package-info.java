/** a virtual cave temple and a virtual laser scanner whose truth is exact, and the yardsticks that compare with it. */
package org.grotto.simulate;
