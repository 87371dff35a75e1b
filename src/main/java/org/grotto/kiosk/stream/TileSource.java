package org.grotto.kiosk.stream;

/** Where tiles come from: a package on disk, or a room made up by a test. */
public interface TileSource {
    /** The tree; built once, before streaming begins. */
    Node root();

    /**
     * Reads and decodes one tile. Called by several workers at once, each with another node.
     *
     * @throws org.grotto.base.GrottoException where the tile cannot be read
     */
    PackedMesh load(Node node, SlabPool pool);
}
