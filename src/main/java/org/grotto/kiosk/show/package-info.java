/** what is drawn of a cave: tiles, points, the lamp that lights them and what is seen where there is no rock. */
package org.grotto.kiosk.show;
