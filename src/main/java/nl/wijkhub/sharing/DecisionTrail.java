package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.DecisionSet;
import nl.wijkhub.audit.DecisionSet.Decided;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.sharing.DecisionWordsStore.Words;
import nl.wijkhub.sharing.ReleaseStore.Logged;

/**
 * What decisions leave behind, in the transaction they are made in: the decision log with the facts each rests on, the
 * processing log per person, the releases themselves and the duties they bring.
 */
public final class DecisionTrail {
    private final ReleaseStore releases;
    private final DecisionWordsStore words;
    private final DecisionLogStore decisionLog;
    private final ProcessingLogStore processingLog;
    private final SharingDuties duties;

    public DecisionTrail(
            ReleaseStore releases,
            DecisionWordsStore words,
            DecisionLogStore decisionLog,
            ProcessingLogStore processingLog,
            SharingDuties duties) {
        this.releases = releases;
        this.words = words;
        this.decisionLog = decisionLog;
        this.processingLog = processingLog;
        this.duties = duties;
    }

    /** Decisions of one set share these. */
    private record Moment(Instant at, String policy) {}

    /** Gathers what one step decides, and writes it at once. */
    final class Written {
        private final Instant now;
        private final List<DecisionSet> sets = new ArrayList<>();
        private final List<Logged> made = new ArrayList<>();

        /** What many are denied alike is said once. */
        private final Map<Decision, Words> said = new HashMap<>();

        private final List<ProcessingRecord> processed = new ArrayList<>();

        private Written(Instant now) {
            this.now = now;
        }

        /** Decisions that are releases of their own. */
        void released(MatchedSignal matched, SharingFacts onFacts, List<Release> own) {
            decidedAgain(matched, onFacts, DecisionSet.RELEASE, own);
        }

        /** Decisions about releases that were made before, under their ids. */
        void decidedAgain(MatchedSignal matched, SharingFacts onFacts, String evaluation, List<Release> again) {
            decided(matched.accepted().trace(), onFacts, evaluation, again);
        }

        /** A decision about a plan, and no signal, that is a release of its own. */
        void released(Trace trace, SharingFacts onFacts, Release one) {
            decided(trace, onFacts, DecisionSet.RELEASE, List.of(one));
        }

        /** Decisions in the course of one request or message. */
        void decided(Trace trace, SharingFacts onFacts, String evaluation, List<Release> again) {
            if (again.isEmpty()) {
                return;
            }
            String facts = Json.write(onFacts);
            Map<Moment, List<Release>> alike = new LinkedHashMap<>();
            for (Release release : again) {
                alike.computeIfAbsent(
                                new Moment(
                                        release.decidedAt(), release.decision().policyVersion()),
                                moment -> new ArrayList<>())
                        .add(release);
            }
            alike.forEach((moment, releases) -> {
                DecisionSet set = new DecisionSet(
                        Identifier.next(),
                        evaluation,
                        trace,
                        moment.at(),
                        facts,
                        moment.policy(),
                        new ArrayList<>(releases.size()));
                for (Release release : releases) {
                    Decision decision = release.decision();
                    Words words = said.computeIfAbsent(decision.withoutPersons(), DecisionTrail.this.words::of);
                    set.decisions().add(new Decided(release.id(), words.with(decision.visiblePersons())));
                    if (evaluation.equals(DecisionSet.RELEASE)) {
                        made.add(new Logged(release, words.id(), set.id()));
                    }
                }
                sets.add(set);
            });
        }

        /**
         * One record per person; one for the household when nobody is named; none for a neighbourhood.
         *
         * @param since when the processing began
         * @param by who looked; null when the hub did it by itself
         */
        void processed(MatchedSignal matched, String name, Instant since, AccessedBy by) {
            if (matched.householdId() == null) {
                return;
            }
            List<UUID> persons = matched.personIds();
            IntStream.range(0, Math.max(1, persons.size()))
                    .mapToObj(i -> new ProcessingRecord(
                            matched.accepted().trace(),
                            name,
                            since,
                            now,
                            matched.signalId(),
                            persons.isEmpty() ? matched.householdId() : persons.get(i),
                            persons.isEmpty() ? "household" : "person",
                            by))
                    .forEach(processed::add);
        }

        /** Somebody looked at what is known of a household as a whole. */
        void processedHousehold(Trace trace, String name, UUID household, AccessedBy by) {
            processed.add(new ProcessingRecord(trace, name, now, now, null, household, "household", by));
        }

        void write() {
            if (!made.isEmpty()) {
                words.keep(said);
                if (!releases.insert(made)) {
                    words.forget();
                    throw new Unavailable("database", new IllegalStateException("it was put back: words are missing"));
                }
            }
            duties.owe(made.stream().map(Logged::release).toList(), now);
            decisionLog.insert(sets);
            processingLog.insert(processed);
        }
    }

    Written at(Instant now) {
        return new Written(now);
    }
}
