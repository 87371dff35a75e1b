/** What runs in the child process where PDAL is called through pdal-java. */
package org.grotto.format.pdal.worker;
