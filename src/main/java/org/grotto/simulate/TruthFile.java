package org.grotto.simulate;

import java.nio.file.Path;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.scene.CaveInfo.View;

/**
 * The content of {@code truth.json} beside simulated scans: enough to build the same cave again and to check that it is
 * the same.
 *
 * @param caveVersion {@link Cave#VERSION} when it was written
 * @param fingerprint of the cave's function at fixed places: equal only for the same cave
 */
public record TruthFile(
        String truth,
        int caveVersion,
        String fingerprint,
        SimulateOptions options,
        NoiseModel noise,
        List<Setup> stations,
        List<View> views) {

    /** The value of {@link #truth}. */
    public static final String FORMAT = "grotto-truth/1";

    /** The file's usual name. */
    public static final String NAME = "truth.json";

    public static TruthFile of(Simulation s) {
        return new TruthFile(
                FORMAT, Cave.VERSION, fingerprint(s.cave()), s.options(), s.model(), s.setups(), s.views());
    }

    public void write(Path file) {
        Json.write(file, this);
    }

    /** Reads a truth file and builds its simulation again; refuses one that this version cannot build alike. */
    public static Simulation read(Path file) {
        TruthFile t = Json.read(file, TruthFile.class);
        if (!FORMAT.equals(t.truth)) {
            throw GrottoException.badInput(
                    file, "is no truth file: 'truth' is " + t.truth + ", expected " + FORMAT + ".");
        }
        Simulation s = Simulation.plan(t.options);
        TruthFile again = of(s);
        if (t.caveVersion != again.caveVersion
                || !t.fingerprint.equals(again.fingerprint)
                || !t.stations.equals(again.stations)
                || !t.noise.equals(again.noise)) {
            throw GrottoException.unsupported(
                    file,
                    "describes a cave of version " + t.caveVersion + " (" + t.fingerprint
                            + "), this program builds version " + again.caveVersion + " (" + again.fingerprint
                            + "); simulate it anew.");
        }
        return s;
    }

    private static String fingerprint(Cave cave) {
        long h = Hash.of(cave.name());
        var b = cave.bounds();
        for (int i = 0; i < 2000; i++) {
            double v = cave.f(
                    b.minX() + b.sizeX() * Hash.unit(Hash.mix(11, i)),
                    b.minY() + b.sizeY() * Hash.unit(Hash.mix(12, i)),
                    b.minZ() + b.sizeZ() * Hash.unit(Hash.mix(13, i)));
            h = Hash.mix(h, Double.doubleToLongBits(v));
        }
        return Long.toHexString(h);
    }
}
