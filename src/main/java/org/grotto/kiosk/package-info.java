/** the museum screen (jMonkeyEngine lives only here); it reads packages and knows no crafts. */
package org.grotto.kiosk;
