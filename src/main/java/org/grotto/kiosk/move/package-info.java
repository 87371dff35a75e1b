/** the ways of moving: standing inside, walking on the floor, turning the doll's house. */
package org.grotto.kiosk.move;
