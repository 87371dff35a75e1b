/** The quality report of a package: what was measured, how, and how sure it is; as a page and as data. */
package org.grotto.report;
