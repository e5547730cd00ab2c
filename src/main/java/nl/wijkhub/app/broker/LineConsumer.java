package nl.wijkhub.app.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** Runs lines, a thread each, that take from the broker. On shutdown what they have in hand is finished first. */
public abstract class LineConsumer extends DefaultConsumer implements ShutdownAware {
    private static final int FINISH_SECONDS = 20;

    /** One thread that receives, runs the route and acknowledges. */
    public interface Line extends Runnable {
        /** Takes nothing more. */
        void stop();

        /** Whether something is in hand. */
        boolean isBusy();
    }

    private final String threadName;
    private final List<Line> lines = new ArrayList<>();
    private ExecutorService threads;

    protected LineConsumer(Endpoint endpoint, Processor processor, String threadName) {
        super(endpoint, processor);
        this.threadName = threadName;
    }

    /** New lines, not yet running. */
    protected abstract List<Line> makeLines();

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lines.addAll(makeLines());
        threads = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, threadName, Math.max(1, lines.size()));
        lines.forEach(threads::execute);
    }

    @Override
    protected void doStop() throws Exception {
        lines.forEach(Line::stop);
        lines.clear();
        if (threads != null) {
            threads.shutdown();
            if (!threads.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            threads = null;
        }
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return (int) lines.stream().filter(Line::isBusy).count();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        lines.forEach(Line::stop);
    }
}
