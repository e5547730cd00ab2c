package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.DecisionFacts;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.DecisionRecord;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;

/**
 * What decisions leave behind, in the transaction they are made in: the decision log with the facts each rests on, the
 * processing log per person, the releases themselves and the duties they bring.
 */
public final class DecisionTrail {
    private final ReleaseStore releases;
    private final DecisionLogStore decisionLog;
    private final ProcessingLogStore processingLog;
    private final SharingDuties duties;

    public DecisionTrail(
            ReleaseStore releases,
            DecisionLogStore decisionLog,
            ProcessingLogStore processingLog,
            SharingDuties duties) {
        this.releases = releases;
        this.decisionLog = decisionLog;
        this.processingLog = processingLog;
        this.duties = duties;
    }

    /** Gathers what one step decides, and writes it at once. */
    final class Written {
        private final Instant now;
        private final List<DecisionFacts> facts = new ArrayList<>();
        private final List<DecisionRecord> records = new ArrayList<>();
        private final List<Release> made = new ArrayList<>();
        private final List<ProcessingRecord> processed = new ArrayList<>();

        private Written(Instant now) {
            this.now = now;
        }

        /** Decisions that are releases of their own. */
        void released(MatchedSignal matched, SharingFacts onFacts, List<Release> own) {
            made.addAll(own);
            decidedAgain(matched, onFacts, DecisionRecord.RELEASE, own);
        }

        /** Decisions about releases that were made before, under their ids. */
        void decidedAgain(MatchedSignal matched, SharingFacts onFacts, String evaluation, List<Release> again) {
            decided(matched.accepted().trace(), onFacts, evaluation, again);
        }

        /** A decision about a plan, and no signal, that is a release of its own. */
        void released(Trace trace, SharingFacts onFacts, Release one) {
            made.add(one);
            decided(trace, onFacts, DecisionRecord.RELEASE, List.of(one));
        }

        /** Decisions in the course of one request or message. */
        void decided(Trace trace, SharingFacts onFacts, String evaluation, List<Release> again) {
            if (again.isEmpty()) {
                return;
            }
            DecisionFacts known = new DecisionFacts(Identifier.next(), Json.write(onFacts));
            facts.add(known);
            for (Release release : again) {
                records.add(new DecisionRecord(
                        Identifier.next(),
                        release.id(),
                        evaluation,
                        trace,
                        release.decidedAt(),
                        known.id(),
                        Json.write(release.decision()),
                        release.decision().policyVersion()));
            }
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
            releases.insert(made);
            duties.owe(made, now);
            decisionLog.insert(facts, records);
            processingLog.insert(processed);
        }
    }

    Written at(Instant now) {
        return new Written(now);
    }
}
