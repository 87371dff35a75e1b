package org.grotto.report;

import java.util.List;
import java.util.Map;
import org.grotto.base.Faults;
import org.grotto.base.Text;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Subject;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * All that a quality report is made from. Lengths in metres unless the name says otherwise. Arrays are shared: treat them
 * as constant.
 *
 * @param info title, frame, stations and views of the package
 * @param cover who made it, when and with what
 * @param points the cleaned ones, with the spacing of each to its neighbours
 * @param mesh the final one, with evidence where it is known
 * @param pointsRead before cleaning
 * @param areaCutAway surface that reconstruction closed without evidence and that was cut away, square metres
 * @param conflicts surface that stations contradict, by reason; none where nothing is
 * @param openings border lines of the mesh, longest first
 * @param dropped what the files hold that the package does not, in words
 * @param warnings what a user was told
 * @param options of every stage, by its name
 * @param version of the program
 * @param subject what was scanned, and why that is thought
 */
public record ReportInput(
        CaveInfo info,
        Cover cover,
        Store points,
        Mesh mesh,
        long pointsRead,
        double areaCutAway,
        double thinWalls,
        double thinWallsLost,
        List<StationRow> stations,
        Registration registration,
        List<Removal> removed,
        List<Reflection> reflections,
        List<Conflict> conflicts,
        List<Opening> openings,
        Map<String, Faults.Entry> faults,
        List<Text> warnings,
        List<String> dropped,
        List<Source> sources,
        Map<String, Object> options,
        String version,
        Subject subject) {

    /**
     * What one station's points are like.
     *
     * @param noise RMS by which points scatter; NaN where too few points say anything
     * @param noiseAtMost whether that is an upper bound: relief, rounding or too few points hide the noise
     * @param noiseAlongBeam whether it is along the beams; else across the surface, since nobody knows where they began
     * @param samples places the noise was measured at
     */
    public record StationRow(
            String name,
            long points,
            double spacingMedian,
            double spacingP95,
            double noise,
            boolean noiseAtMost,
            boolean noiseAlongBeam,
            long samples) {}

    /**
     * Whether the stations fit each other.
     *
     * @param verdict "consistent", "inconsistent" or "not-checked", here and below
     * @param said the same in a sentence
     */
    public record Registration(String verdict, Text said, List<PairRow> pairs, List<PlaceRow> stations) {}

    /** By how much one surface stands off from another: shift (m) and rotation (rad) about a point (m), and their covariance. */
    public record Motion(double[] shift, double[] rotation, double[] about, double[][] covariance) {}

    /**
     * How two stations agree on the surface both should have seen.
     *
     * @param samples places that say something
     * @param against the share of them that contradicts the poses
     * @param wallMm by how much walls are doubled, and its standard error; NaN where not told
     * @param motion of b from where a says; null where not told
     */
    public record PairRow(
            String a,
            String b,
            String verdict,
            Text reason,
            long samples,
            double against,
            double wallMm,
            double wallErrorMm,
            @Nullable Motion motion) {}

    /** How one station agrees with the others; the motion is that of it from where they say. */
    public record PlaceRow(
            String name,
            String verdict,
            Text reason,
            @Nullable Motion motion) {}

    /** Points taken out for one reason. */
    public record Removal(Text reason, long points) {}

    /** A plane that the scene was seen in a second time: its middle, normal to what is real, size, and the points behind it. */
    public record Reflection(double[] centre, double[] normal, double width, double height, long points) {}
    /**
     * Surface that stations contradict.
     *
     * @param key of the reason, and what it is in words
     * @param area square metres
     */
    public record Conflict(String key, Text reason, double area) {}

    /**
     * A closed border line of the mesh.
     *
     * @param rim its corners one after the other, x, y, z, metres
     * @param facing the mean normal of the surface at the rim, a unit vector to the open side; null where they cancel
     */
    public record Opening(
            double perimeter, double area, double[] centre, Box bounds, double[] rim, double @Nullable [] facing) {}

    /** Who took part, and as what. */
    public record Person(String name, @Nullable String role) {}

    /**
     * Who made it, when and with what, as project file and scans say; nothing of it is made up.
     *
     * @param dates what happened when, in the user's words
     * @param instruments as the project file says, or else the scans
     * @param scanned from the scans' own metadata; null where none says it
     * @param files when the files were written, which is no day of scanning; null where none says it
     * @param pictures how many and of which kinds the package holds; null for none
     */
    public record Cover(
            List<Person> people,
            Map<String, String> dates,
            List<String> instruments,
            @Nullable Days scanned,
            @Nullable Days files,
            @Nullable Text pictures) {
        /** Without pictures. */
        public Cover(
                List<Person> people,
                Map<String, String> dates,
                List<String> instruments,
                @Nullable Days scanned,
                @Nullable Days files) {
            this(people, dates, instruments, scanned, files, null);
        }

        /** Nothing is known. */
        public static final Cover EMPTY = new Cover(List.of(), Map.of(), List.of(), null, null);
    }

    /**
     * Days (UTC, ISO 8601) from the first to the last.
     *
     * @param told by how many scans
     * @param all of how many
     */
    public record Days(String from, String to, int told, int all) {}

    /** An input file. */
    public record Source(String file, long bytes, String sha256) {}
}
