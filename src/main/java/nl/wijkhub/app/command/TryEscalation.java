package nl.wijkhub.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import nl.wijkhub.casework.PlanFactsStore;
import nl.wijkhub.escalation.EscalationDryRun;
import nl.wijkhub.escalation.EscalationRules;
import nl.wijkhub.escalation.PlanFacts;
import nl.wijkhub.escalation.SeenSignal;
import nl.wijkhub.escalation.SeenSignalStore;
import nl.wijkhub.kernel.ConfigFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the history since a day under the escalation rules in force and under others. Changes nothing. */
@Command(
        name = "try-escalation",
        description = "Lists the steps that other escalation rules would have opened more, less and the same.")
public final class TryEscalation implements Callable<Integer> {
    private static final int PLANS_AT_ONCE = 500;

    @Mixin
    private final OpenData.Options options;

    @Option(names = "--rules", required = true, description = "The other escalation rules.")
    private Path rules;

    @Option(names = "--since", required = true, description = "The first day, e.g. 2026-11-01.")
    private LocalDate since;

    public TryEscalation(OpenData.Source source) {
        this.options = new OpenData.Options(source);
    }

    @Override
    public Integer call() throws IOException {
        try (OpenData data = options.open()) {
            List<ConfigFault> faults = new ArrayList<>();
            EscalationRules inForce = EscalationRules.read(data.config(), faults);
            Path file = rules.toAbsolutePath();
            EscalationRules other =
                    EscalationRules.read(file.getParent(), file.getFileName().toString(), faults);
            if (!faults.isEmpty()) {
                faults.forEach(System.out::println);
                return 1;
            }
            Instant first = since.atStartOfDay(ZoneId.of("Europe/Amsterdam")).toInstant();
            Instant now = Clock.systemUTC().instant();
            EscalationDryRun run = new EscalationDryRun(inForce, other, first, now);
            play(new SeenSignalStore(data.database()), new PlanFactsStore(data.database()), first, now, run);
            System.out.println("version " + inForce.version() + " against version " + other.version()
                    + ", of the steps since " + since + ":");
            print("more", run.more());
            print("less", run.less());
            System.out.println("same: " + run.sameCount());
            System.out.println(
                    "Late agreements and hand-overs count as they stand today; what people did with a step, and"
                            + " what care answered, is left out.");
            return 0;
        }
    }

    private static void play(SeenSignalStore seen, PlanFacts plans, Instant first, Instant now, EscalationDryRun run) {
        List<UUID> moved = seen.plansSince(first);
        for (int i = 0; i < moved.size(); i += PLANS_AT_ONCE) {
            List<UUID> page = moved.subList(i, Math.min(moved.size(), i + PLANS_AT_ONCE));
            Map<PlanFacts.Viewer, List<SeenSignal>> histories = seen.of(page).stream()
                    .collect(Collectors.groupingBy(SeenSignal::viewer, LinkedHashMap::new, Collectors.toList()));
            Map<PlanFacts.Viewer, PlanFacts.Facts> today = plans.of(histories.keySet(), now);
            histories.forEach((viewer, history) -> run.add(history, today.getOrDefault(viewer, PlanFacts.Facts.NONE)));
        }
    }

    private static void print(String what, List<EscalationDryRun.Move> moves) {
        System.out.println(what + ": " + moves.size());
        for (EscalationDryRun.Move move : moves) {
            System.out.printf(
                    "  plan %s  %-24s  level %d  %-28s  %s%n",
                    move.planId(), move.recipient().clientId(), move.level(), move.ruleId(), move.at());
        }
    }
}
