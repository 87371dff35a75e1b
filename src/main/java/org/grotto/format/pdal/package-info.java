/** The long tail of point formats, read by PDAL in a child process. */
package org.grotto.format.pdal;
