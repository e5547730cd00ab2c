package nl.wijkhub.app.command;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import nl.wijkhub.audit.AuditChainStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What can be asked of the logs. */
@Command(name = "audit", description = "Checks the logs.")
public final class Audit implements Runnable {
    @picocli.CommandLine.Spec
    private picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** Computes the chain over both logs anew. Exit 1 at the first link that does not hold. */
    @Command(name = "verify", description = "Checks the chain over the logs; exit 1 at the first broken link.")
    public static final class Verify implements Callable<Integer> {
        @Mixin
        private final OpenData.Options options;

        public Verify(OpenData.Source source) {
            this.options = new OpenData.Options(source);
        }

        @Override
        public Integer call() throws IOException {
            try (OpenData data = options.open()) {
                AuditChainStore.Verdict verdict =
                        new AuditChainStore(data.database(), data.vault(), Clock.systemUTC()).verify();
                System.out.println(verdict.seals() + " seals over " + verdict.batches() + " batches, "
                        + verdict.records() + " records read, " + verdict.unsealed() + " batches not sealed yet");
                System.out.println(verdict.fault() == null ? "the chain holds" : "BROKEN: " + verdict.fault());
                return verdict.fault() == null ? 0 : 1;
            }
        }
    }
}
