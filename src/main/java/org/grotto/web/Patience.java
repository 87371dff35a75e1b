package org.grotto.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections over which nothing has been answered for a while, whatever comes in: who asks a byte at a time, or
 * takes the answer so, keeps no place for long (a connection goes after one to two times the patience). An idle timeout
 * alone would begin anew with each byte.
 */
final class Patience implements Connection.Listener {
    private final long millis;
    private final Scheduler clock;

    /** @param clock of the connector, which starts and stops it */
    Patience(Duration patience, Scheduler clock) {
        millis = patience.toMillis();
        this.clock = clock;
    }

    @Override
    public void onOpened(Connection connection) {
        watch(connection, connection.getBytesOut());
    }

    private void watch(Connection connection, long sent) {
        clock.schedule(
                () -> {
                    if (!connection.getEndPoint().isOpen()) {
                        return;
                    }
                    long now = connection.getBytesOut();
                    if (now == sent) {
                        connection.getEndPoint().close(new TimeoutException("nothing answered for " + millis + " ms"));
                    } else {
                        watch(connection, now);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }
}
