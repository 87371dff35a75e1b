/** benchmarks, the peers beside them, and what a process takes while it runs. */
package org.grotto.bench;
