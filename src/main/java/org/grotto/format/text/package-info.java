/** Plain text: XYZ, PTS and CSV with named columns. */
package org.grotto.format.text;
