package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/** All scans in one frame: metres, Z up, every point knows its station. */
public final class Loaded {
    private final List<Path> files;
    private @Nullable Cloud cloud;
    private final List<Station> stations;
    private final List<Acquired> acquired;
    private final List<Pictured> pictured;
    private final @Nullable String crs;
    private final List<String> dropped;
    private final List<Text> warnings;
    private final Guess guess;
    private final boolean framed;
    private final List<Frame> frames;

    Loaded(
            List<Path> files,
            Cloud cloud,
            List<Station> stations,
            List<Acquired> acquired,
            List<Pictured> pictured,
            @Nullable String crs,
            List<String> dropped,
            List<Text> warnings,
            Guess guess,
            boolean framed,
            List<Frame> frames) {
        this.files = files;
        this.cloud = cloud;
        this.stations = stations;
        this.acquired = acquired;
        this.pictured = pictured;
        this.crs = crs;
        this.dropped = dropped;
        this.warnings = warnings;
        this.guess = guess;
        this.framed = framed;
        this.frames = frames;
    }

    /** The inputs, as the user named them. */
    public List<Path> files() {
        return files;
    }

    /** The points, until they are taken. */
    public Cloud cloud() {
        Cloud c = cloud;
        if (c == null) {
            throw new IllegalStateException("the points have been taken");
        }
        return c;
    }

    /** The points, for the one stage that needs them last: they are not kept here any longer. */
    public Cloud take() {
        Cloud c = cloud();
        cloud = null;
        return c;
    }

    public List<Station> stations() {
        return stations;
    }

    /** When and with what each scan was taken, in the order they were read. */
    List<Acquired> acquired() {
        return acquired;
    }

    /** The pictures that the files hold, in their order. */
    List<Pictured> pictured() {
        return pictured;
    }

    /** How many pictures the files hold. */
    public int pictures() {
        return pictured.size();
    }

    public @Nullable String crs() {
        return crs;
    }

    /** What the files hold that the cloud does not, in words. */
    public List<String> dropped() {
        return dropped;
    }

    /** What a user should be told at once. */
    public List<Text> warnings() {
        return warnings;
    }

    /** What of the frame nobody has said. */
    Guess guess() {
        return guess;
    }

    /** Whether a reference system of a file or a pose of the project says how the files stand to each other. */
    boolean framed() {
        return framed;
    }

    /** How the first file was brought to the cave's frame. */
    Frame frame() {
        return frames.getFirst();
    }

    /** Whether all files were brought to it in one way. */
    boolean oneFrame() {
        double[] first = frame().placed(null);
        return frames.stream().allMatch(f -> java.util.Arrays.equals(first, f.placed(null)));
    }

    /** Where each station's scanner stood, cave frame, metres; null where unknown. */
    public List<double @Nullable []> eyes() {
        List<double @Nullable []> out = new ArrayList<>();
        for (Station s : stations) {
            Pose p = s.pose();
            out.add(p == null ? null : new double[] {p.tx(), p.ty(), p.tz()});
        }
        return out;
    }
}
