package org.grotto.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.clean.CleanOptions;
import org.grotto.lod.CopcOptions;
import org.grotto.lod.TileOptions;
import org.grotto.scene.CaveInfo;
import org.grotto.surface.PoissonOptions;
import org.grotto.surface.TrimOptions;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a package becomes, besides the scans: the options of every stage, titles, rights, people,
 * instruments, dates.
 *
 * @param chosen options by the stage's name; a stage that is not named has its defaults
 * @param people who took part
 * @param instruments what it was scanned with, in the user's words
 * @param dates what happened when, in the user's words ("scanned": "2024-05")
 */
public record Recipe(
        Map<String, Record> chosen,
        @Nullable Text title,
        CaveInfo.@Nullable Rights rights,
        List<Person> people,
        List<String> instruments,
        Map<String, String> dates) {

    /** Who took part, and as what. */
    public record Person(String name, @Nullable String role) {}

    public static final Recipe DEFAULTS = new Recipe(Map.of(), null, null, List.of(), List.of(), Map.of());

    public Recipe {
        chosen = Map.copyOf(chosen);
        people = List.copyOf(people);
        instruments = List.copyOf(instruments);
        dates = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(dates));
        if (title != null && title.zh().isBlank() && title.en().isBlank()) {
            throw GrottoException.badRequest("A title needs words in zh or en.");
        }
    }

    /** The options of a stage. */
    @SuppressWarnings("unchecked") // with() lets in nothing else
    public <O extends Record> O of(Stage<O> stage) {
        return (O) of(stage.name(), stage.defaults());
    }

    /** The options of the stage of this name, else {@code defaults}. */
    public Record of(String stage, Record defaults) {
        Record r = chosen.getOrDefault(stage, defaults);
        if (r.getClass() != defaults.getClass()) {
            throw new IllegalArgumentException(stage + " takes " + defaults.getClass() + ", not " + r.getClass());
        }
        return r;
    }

    /** This recipe with other options for one stage. */
    public <O extends Record> Recipe with(Stage<O> stage, O options) {
        return with(stage.name(), options);
    }

    /** This recipe with other options for the stage of this name. */
    public Recipe with(String stage, Record options) {
        Map<String, Record> m = new HashMap<>(chosen);
        m.put(stage, options);
        return new Recipe(m, title, rights, people, instruments, dates);
    }

    public Recipe withTitle(@Nullable Text words) {
        return new Recipe(chosen, words, rights, people, instruments, dates);
    }

    public Recipe withRights(CaveInfo.@Nullable Rights owned) {
        return new Recipe(chosen, title, owned, people, instruments, dates);
    }

    public InputOptions frame() {
        return of(SurfaceStage.LOAD);
    }

    public CleanOptions clean() {
        return of(SurfaceStage.CLEAN);
    }

    public PoissonOptions surface() {
        return of(SurfaceStage.SURFACE);
    }

    public TrimOptions trim() {
        return of(SurfaceStage.TRIM);
    }

    public TileOptions tiles() {
        return of(PackageStages.TILES);
    }

    public CopcOptions points() {
        return of(PackageStages.POINTS);
    }
}
