/** What was scanned: a room, an object, a panel, a site; told from the data, with reasons. */
package org.grotto.subject;
