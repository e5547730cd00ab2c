package nl.wijkhub.app.command;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/** Waits for SIGTERM or SIGINT, so that the caller can stop in order and exit with 0. */
public final class Stop {
    private final CountDownLatch asked = new CountDownLatch(1);

    public Stop() {
        Signal.handle(new Signal("TERM"), signal -> asked.countDown());
        Signal.handle(new Signal("INT"), signal -> asked.countDown());
    }

    public void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
