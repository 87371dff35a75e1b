/** Bytes that nobody would write, for every reader: the targets, their seeds, and a search that coverage leads. */
package org.grotto.fuzz;
