package nl.wijkhub.app.command;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.AgreementStore;
import nl.wijkhub.sharing.DecidedBefore;
import nl.wijkhub.sharing.DecidedBeforeStore;
import nl.wijkhub.sharing.DecisionReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Decides one release again, under the agreement and on the facts of that moment. Exit 1 when it differs. */
@Command(name = "replay-decision", description = "Decides one release again; exit 1 when the answer differs.")
public final class ReplayDecision implements Callable<Integer> {
    @Mixin
    private final OpenData.Options options;

    @Parameters(paramLabel = "RELEASE", description = "The id of a release.")
    private UUID release;

    public ReplayDecision(OpenData.Source source) {
        this.options = new OpenData.Options(source);
    }

    @Override
    public Integer call() throws IOException {
        try (OpenData data = options.open()) {
            Database database = data.database();
            DecisionReplay.Replayed replayed = new DecisionReplay(
                            new DecidedBeforeStore(database), new AgreementStore(database))
                    .one(release)
                    .orElseThrow(() ->
                            new IOException("there is no release " + release + ", or its agreement is not kept here"));
            DecidedBefore before = replayed.before();
            System.out.println("release " + release + " of " + before.at() + " to "
                    + before.recipient().clientId() + " under "
                    + before.decision().policyVersion());
            System.out.println("then:  " + Json.write(before.decision()));
            System.out.println("again: " + Json.write(replayed.again()));
            System.out.println(replayed.isSame() ? "the same" : "DIFFERENT");
            return replayed.isSame() ? 0 : 1;
        }
    }
}
