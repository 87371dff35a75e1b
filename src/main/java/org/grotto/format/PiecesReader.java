package org.grotto.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A cloud that lies in many pieces, read as one scan: all but how its pieces are found and opened. */
public abstract class PiecesReader implements PointReader {
    protected final Path path;
    protected final Reading reading;
    /** What is told of the cloud as a whole; damaged pieces are counted apart. */
    protected final Remarks remarks;

    private final PiecesCursor.Lost lost;

    /** @param path the cloud's first file */
    protected PiecesReader(Path path, Reading reading, Remarks remarks) {
        this.path = path;
        this.reading = reading;
        this.remarks = remarks;
        this.lost = new PiecesCursor.Lost(reading.keepGoing());
    }

    protected abstract Scan scan();

    protected abstract Pieces pieces();

    /** What the cloud is called: its folder. */
    protected static String title(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        Path name = folder == null ? null : folder.getFileName();
        return String.valueOf(name == null ? path.getFileName() : name);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Scan> scans() {
        return List.of(scan());
    }

    @Override
    public List<String> understood() {
        return remarks.understood();
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(remarks.notKept());
        all.addAll(lost.notKept());
        return all;
    }

    @Override
    public PointCursor points(int index) {
        Objects.checkIndex(index, 1);
        return new PiecesCursor(pieces(), scan().columns(), reading.work(), lost);
    }

    @Override
    public void close() {}
}
