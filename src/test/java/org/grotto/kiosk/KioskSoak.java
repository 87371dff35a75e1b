package org.grotto.kiosk;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.system.JmeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.kiosk.show.PackageTiles;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.visit.CavePackage;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;

/**
 * Flies about a package with a memory budget far too small for it, until a given number of tiles has been loaded, and
 * tells the process's resident size on the way. Run in a process of its own: {@code KioskSoak PACKAGE LOADS BUDGET_MIB}.
 */
final class KioskSoak extends BaseAppState {
    private final KioskModel model;
    private final long enough;
    private long next = 500;
    private int frame;

    private KioskSoak(KioskModel model, long enough) {
        this.model = model;
        this.enough = enough;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        KioskOptions options =
                KioskOptions.of(folder).withSize(320, 240).withBudget(4_000_000, Long.parseLong(args[2]) << 20);
        CavePackage cave = CavePackage.open(folder);
        KioskModel model = Kiosk.model(cave, options);
        KioskSoak soak = new KioskSoak(model, Long.parseLong(args[1]));
        KioskApp app = new KioskApp(
                model,
                options,
                PackageTiles.open(cave),
                java.util.List.of(),
                a -> a.getStateManager().attach(soak));
        Kiosk.quietEngine();
        app.begin(JmeContext.Type.OffscreenSurface, 1);
        Kiosk.await(app, app.ended());
        app.join();
        System.exit(0);
    }

    /** The process's resident size in KiB, from the kernel. */
    static long residentKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS");
    }

    @Override
    public void update(float tpf) {
        frame++;
        double a = 0.05 * frame;
        model.eye = new Eye(
                1.5 * Math.cos(0.31 * a),
                1.3 * Math.sin(0.43 * a),
                0.9 * Math.sin(0.7 * a),
                a,
                0.8 * Math.sin(1.3 * a),
                45);
        Streamer.Stats s = ((KioskApp) getApplication()).tiles().streamer().stats();
        if (s.loads() >= next) {
            try {
                System.out.println("loads " + s.loads() + " evictions " + s.evictions() + " failures " + s.failures()
                        + " frames " + frame + " resident " + residentKib() + " KiB, tiles " + (s.bytesResident() >> 10)
                        + " KiB");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            next += 500;
        }
        if (s.loads() >= enough) {
            getApplication().stop(false);
        }
    }

    @Override
    protected void initialize(Application app) {
        ((KioskApp) app).lamp().setEnabled(false); // shadows cost time here and load no tiles
    }

    @Override
    protected void cleanup(Application app) {
        // holds nothing of the engine
    }

    @Override
    protected void onEnable() {
        // starts with the application
    }

    @Override
    protected void onDisable() {
        // ends with the application
    }
}
