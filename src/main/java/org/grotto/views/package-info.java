/** what a visitor meets first: views, the room's walls, intensities fit to be seen. */
package org.grotto.views;
