/** the cave package as types. */
package org.grotto.scene;
