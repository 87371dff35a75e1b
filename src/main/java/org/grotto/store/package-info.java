/** the chunked store of points, and the engines that run crafts on it. */
package org.grotto.store;
