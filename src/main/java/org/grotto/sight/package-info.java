/** what stations saw: the shortest range in each direction. */
package org.grotto.sight;
