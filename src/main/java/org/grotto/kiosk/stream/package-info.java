/** which tiles of a cave stand in memory and which are shown: the kiosk's streaming, free of any engine. */
package org.grotto.kiosk.stream;
