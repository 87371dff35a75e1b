package org.grotto.simulate;

import org.grotto.base.Declared;
import org.grotto.base.GrottoException;
import org.grotto.base.Help;

/** What to simulate. */
public record SimulateOptions(
        @Help("Which virtual cave: small (one chamber) or great (two chambers, central pillar).")
        String cave,

        @Help(value = "How many stations stand in the rooms.", unit = "stations")
        int stations,

        @Help(value = "How many points the room stations measure together; 0 lets the spacing decide.", unit = "points")
        long points,

        @Help(
                value =
                        "Spacing of all room stations' points together on the surface; NaN for 5 mm unless points are given.",
                unit = "m")
        double spacing,

        @Help("Seed of the cave's roughness, the stations and all noise.")
        long seed,

        @Help(value = "Standard deviation of a range at normal incidence.", unit = "m")
        double noise,

        @Help(value = "Standard deviation of each station's registration error, per axis.", unit = "m")
        double registration,

        @Help(value = "Standard deviation of each station's registration turn, per axis.", unit = "rad")
        double registrationTurn,

        @Help("Also scan the face and the inscription from near by.")
        boolean closeUps,

        @Help(value = "Spacing of the close-range scans on their object.", unit = "m")
        double closeSpacing,

        @Help("Write the exact surface normals as columns nx, ny, nz; for benchmarks only.")
        boolean normals) {

    public static final SimulateOptions DEFAULTS =
            new SimulateOptions("small", 6, 0, Double.NaN, 1, 0.001, 0, 0, true, 0.001, false);

    public SimulateOptions {
        Declared.check(cave.equals("small") || cave.equals("great"), "cave", "small or great", cave);
        Declared.check(stations >= 1 && stations <= 1000, "stations", "1 to 1000", stations);
        Declared.check(points >= 0 && points <= 1_000_000_000_000L, "points", "0 to 10^12", points);
        boolean free = Double.isNaN(spacing);
        if (!free && points > 0) {
            throw GrottoException.badRequest("Give --points or --spacing, not both: each follows from the other.");
        }
        Declared.check(free || spacing >= 1e-5 && spacing <= 1, "spacing", "0.00001 to 1 m", spacing);
        Declared.check(noise >= 0 && noise <= 0.1, "noise", "0 to 0.1 m", noise);
        Declared.check(registration >= 0 && registration <= 1, "registration", "0 to 1 m", registration);
        Declared.check(
                registrationTurn >= 0 && registrationTurn <= 0.1, "registrationTurn", "0 to 0.1 rad", registrationTurn);
        Declared.check(closeSpacing >= 1e-5 && closeSpacing <= 0.1, "closeSpacing", "0.00001 to 0.1 m", closeSpacing);
    }

    /** The wanted spacing in metres, or NaN where a number of points was asked for. */
    public double spacingOrDefault() {
        return points > 0 || !Double.isNaN(spacing) ? spacing : 0.005;
    }
}
