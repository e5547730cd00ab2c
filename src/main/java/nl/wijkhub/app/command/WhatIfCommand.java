package nl.wijkhub.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.sharing.AgreementCheck;
import nl.wijkhub.sharing.DecidedBeforeStore;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.sharing.WhatIf;
import nl.wijkhub.signal.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds another agreement against everything that was decided since a day. Changes nothing. */
@Command(name = "what-if", description = "Lists what another agreement would have shared more, less and the same.")
public final class WhatIfCommand implements Callable<Integer> {
    @Mixin
    private final OpenData.Options options;

    @Option(names = "--agreement", required = true, description = "The other sharing agreement.")
    private Path agreement;

    @Option(names = "--since", required = true, description = "The first day, e.g. 2026-11-01.")
    private LocalDate since;

    public WhatIfCommand(OpenData.Source source) {
        this.options = new OpenData.Options(source);
    }

    @Override
    public Integer call() throws IOException {
        try (OpenData data = options.open()) {
            List<ConfigFault> faults = new ArrayList<>();
            Vocabulary vocabulary = Vocabulary.read(data.config(), faults);
            Path file = agreement.toAbsolutePath();
            SharingAgreement other =
                    SharingAgreement.read(file.getParent(), file.getFileName().toString(), vocabulary.codes(), faults);
            if (faults.isEmpty()) {
                faults.addAll(AgreementCheck.of(other, vocabulary, file, SharingPolicy.today(Clock.systemUTC()))
                        .faults());
            }
            if (!faults.isEmpty()) {
                faults.forEach(System.out::println);
                return 1;
            }
            WhatIf whatIf = new WhatIf(other);
            new DecidedBeforeStore(data.database())
                    .since(since.atStartOfDay(SharingPolicy.CALENDAR).toInstant(), whatIf::add);
            System.out.println("under " + other.policyVersion() + ", of what was decided since " + since + ":");
            print("more", whatIf.moreCount(), whatIf.more());
            print("less", whatIf.lessCount(), whatIf.less());
            System.out.println("same: " + whatIf.sameCount());
            return 0;
        }
    }

    private static void print(String what, long count, List<WhatIf.Change> changes) {
        System.out.println(what + ": " + count);
        for (WhatIf.Change change : changes) {
            System.out.printf("  %6d  %s -> %s%n", change.count(), change.from(), change.to());
            System.out.println("          e.g. "
                    + change.examples().stream().map(UUID::toString).collect(Collectors.joining(" ")));
        }
    }
}
