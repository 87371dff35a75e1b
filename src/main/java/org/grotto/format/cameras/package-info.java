/** Camera sets that photogrammetry programs write beside a mesh: where pictures were taken from, and with what lenses. */
package org.grotto.format.cameras;
