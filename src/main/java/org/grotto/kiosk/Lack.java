package org.grotto.kiosk;

import java.util.HashSet;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a package the present view lacks: visitors are told in a sentence that goes away, and not again for a while; the
 * log has the details, and when it is over.
 */
final class Lack {
    private static final Logger LOG = LoggerFactory.getLogger(Lack.class);
    /** The same is not told again before, seconds. */
    private static final double QUIET_SECONDS = 60;

    private static final int MOST_LOGGED = 1000;

    private final KioskModel model;
    private final String what;
    private final Set<String> logged = new HashSet<>();
    private @Nullable GrottoException last;
    private @Nullable Text told;
    private double since = Double.POSITIVE_INFINITY;

    /** @param what it is about, for the log */
    Lack(KioskModel model, String what) {
        this.model = model;
        this.what = what;
    }

    /**
     * Called each frame.
     *
     * @param failure why something that the view needs cannot be read, or null
     * @param key of the words for visitors
     */
    void look(@Nullable GrottoException failure, String key, double seconds) {
        since += seconds;
        if (failure == null) {
            if (last != null && last.kind() == GrottoException.Kind.IO) {
                LOG.info("{}: can be read again", what);
                logged.clear();
            }
            if (last != null && told != null && told.equals(model.notice())) {
                model.notice(null);
            }
            last = null;
            return;
        }
        if (logged.size() < MOST_LOGGED && logged.add(String.valueOf(failure.getMessage()))) {
            LOG.error("{}: {}", what, failure.getMessage(), failure);
        }
        boolean again = last == null && since > QUIET_SECONDS;
        last = failure;
        Text words = Texts.of(key);
        if (again || !words.equals(told)) {
            told = words;
            since = 0;
            model.notice(words);
        }
    }
}
