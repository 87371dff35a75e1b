/** a visit: the package that is open, what the visitor chose to see, and where he stands; knows no engine. */
package org.grotto.kiosk.visit;
