package nl.wijkhub.app.batch;

import nl.wijkhub.kernel.Database;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateProcessor;

/** A route policy: the steps under it are one database transaction, committed when they end, rolled back when one fails. */
public final class OneTransaction implements Policy {
    private final Database database;

    public OneTransaction(Database database) {
        this.database = database;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {}

    @Override
    public Processor wrap(Route route, Processor steps) {
        Processor inTransaction = new DelegateProcessor(steps) {
            @Override
            public void process(Exchange exchange) throws Exception {
                try {
                    database.inTransactionByIndex(() -> {
                        run(exchange, steps);
                        return null;
                    });
                } catch (StepFailed failed) {
                    exchange.setException(failed.getCause());
                } catch (RuntimeException e) {
                    // the commit itself failed: nothing was written, the route must not go on to send
                    exchange.setException(e);
                }
            }
        };
        return AsyncProcessorConverterHelper.convert(inTransaction);
    }

    private static void run(Exchange exchange, Processor steps) {
        try {
            steps.process(exchange);
        } catch (Exception e) {
            throw new StepFailed(e);
        }
        if (exchange.getException() != null) {
            throw new StepFailed(exchange.getException());
        }
    }

    /** Carries a step's failure through the transaction, so that it is rolled back. */
    private static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(Throwable cause) {
            super(cause);
        }
    }
}
