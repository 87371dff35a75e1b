/** the panels over the picture: their places, their words, how they are painted and when they fade. */
package org.grotto.kiosk.hud;
