/** The researcher's viewer in a browser: a small server for cave packages, and the page as files beside a package. */
package org.grotto.web;
