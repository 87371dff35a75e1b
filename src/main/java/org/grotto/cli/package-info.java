/** the command line. */
package org.grotto.cli;
