/** The stages in their order: loading, building a package, its record. */
package org.grotto.pipeline;
