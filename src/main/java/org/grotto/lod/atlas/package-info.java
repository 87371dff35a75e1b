/** Pictures of tiles: what lies on the source mesh, cut or sampled anew for each tile. Knows no tile tree. */
package org.grotto.lod.atlas;
