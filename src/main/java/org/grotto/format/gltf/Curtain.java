package org.grotto.format.gltf;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last triangles of a tile, which are no part of the surface: they close the step to neighbours of other levels. In the
 * file the primitive's extras say how many there are, of which level the tile is, and of which its strips are.
 *
 * @param level how often the tileset's cube was halved for this tile; -1 where nobody says so
 * @param strips in the order of their triangles, levels falling
 */
public record Curtain(int level, List<Strip> strips) {
    public static final Curtain NONE = new Curtain(0, List.of());

    private static final String ALL = "curtain";
    private static final String LEVEL = "level";
    private static final String STRIPS = "strips";

    /**
     * A part of a curtain.
     *
     * @param level down to which level's border it hangs from the strip before
     */
    public record Strip(int level, int triangles) {}

    public Curtain {
        strips = List.copyOf(strips);
    }

    public int triangles() {
        return downTo(Integer.MIN_VALUE);
    }

    /** How many of its triangles, the first ones, close the step to a neighbour of that level. */
    public int downTo(int neighbour) {
        int sum = 0;
        for (Strip s : strips) {
            sum += s.level >= neighbour ? s.triangles : 0;
        }
        return sum;
    }

    void describe(ObjectNode primitive) {
        if (strips.isEmpty()) {
            return;
        }
        ObjectNode extras = primitive.putObject("extras").put(ALL, triangles()).put(LEVEL, level);
        for (Strip s : strips) {
            extras.withArray(STRIPS).add(s.level).add(s.triangles);
        }
    }

    /** A primitive's; one piece where its strips are not said, or cannot be; none where what it says cannot be. */
    static Curtain of(JsonNode primitive, int triangles) {
        JsonNode extras = primitive.path("extras");
        int all = extras.path(ALL).asInt(0);
        if (all <= 0 || all >= triangles) {
            return NONE;
        }
        List<Strip> strips = new ArrayList<>();
        JsonNode said = extras.path(STRIPS);
        long sum = 0;
        boolean sound = said.isArray() && said.size() % 2 == 0;
        for (int i = 0; sound && i < said.size(); i += 2) {
            Strip s = new Strip(said.get(i).asInt(-1), said.get(i + 1).asInt(-1));
            sound = s.triangles > 0 && s.level >= 0 && (i == 0 || s.level < strips.getLast().level);
            sum += s.triangles;
            strips.add(s);
        }
        if (!sound || sum != all) {
            return new Curtain(-1, List.of(new Strip(0, all)));
        }
        return new Curtain(extras.path(LEVEL).asInt(0), strips);
    }
}
