package nl.wijkhub.household;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.ShippedConfig;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.app.wiring.AuditParts;
import nl.wijkhub.app.wiring.Foundation;
import nl.wijkhub.app.wiring.HouseholdParts;
import nl.wijkhub.app.wiring.SignalParts;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalBatchStore;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.signal.SignalStore;

/** Stage 30 on a real database, with signals about invented people. */
final class HouseholdFixture {
    final Database database = TestDatabase.store();
    final Vault vault = TestVault.vault();
    private final Foundation foundation =
            new Foundation(ShippedConfig.read(), database, vault, new SimpleMeterRegistry(), SignalFixture.NOON);
    private final AuditParts audit = new AuditParts(foundation);
    private final SignalParts signal = new SignalParts(foundation, audit);
    private final HouseholdParts parts = new HouseholdParts(foundation, audit, signal);
    final SignalStore signals = signal.signals;
    final HouseholdStore households = parts.households;
    final HouseholdMatchStore matches = parts.doubts;
    final HouseholdMatch match = parts.match;
    final CollectiveAddresses collective = parts.collective;
    final UnitStore units = parts.units;
    final UnitClaimStore claims = parts.unitClaims;

    static Address at(int number) {
        return new Address("9990AB", number, null, null, null);
    }

    static Address at(int number, String bagId) {
        return new Address("9990AB", number, null, null, bagId);
    }

    static Person named(String name, String birthDate) {
        return new Person("resident", name, birthDate == null ? null : LocalDate.parse(birthDate), null, null);
    }

    static Person numbered(String bsn, String name, String birthDate) {
        return new Person("resident", name, birthDate == null ? null : LocalDate.parse(birthDate), bsn, null);
    }

    /** Takes a signal through the stage; what comes after it is left out, but it is worked. */
    MatchedSignal matched(Address address, Person... persons) {
        return together(stored(address, persons)).get(0);
    }

    /** The same of several in one batch, in the order they are named. */
    List<MatchedSignal> together(AcceptedSignal... batch) {
        List<UUID> ids = Arrays.stream(batch).map(AcceptedSignal::id).toList();
        return database.inTransaction(() -> {
            List<MatchedSignal> matched =
                    new ArrayList<>(match.match(ids.stream().map(UUID::toString).toList()));
            matched.sort(Comparator.comparing(one -> ids.indexOf(one.signalId())));
            signals.markWorked(
                    matched.stream().map(MatchedSignal::signalId).toList(),
                    matched.stream().map(MatchedSignal::householdId).toList(),
                    SignalFixture.NOON.instant());
            return matched;
        });
    }

    AcceptedSignal stored(Address address, Person... persons) {
        UUID id = Identifier.next();
        OffsetDateTime at = OffsetDateTime.parse("2026-11-20T10:00:00Z");
        CaseSignal signal = CaseSignal.builder()
                .reference(id.toString())
                .occurredAt(at)
                .reportedAt(at)
                .about(new CaseSignal.Household(address, List.of(persons)))
                .category("nuisance.noise")
                .severity(Severity.LOW)
                .ground("AVG-6-1-f")
                .build();
        AcceptedSignal accepted = new AcceptedSignal(
                id,
                "fake-partner",
                Discipline.HOUSING,
                SignalFixture.NOON.instant(),
                Set.of(DataClass.N),
                null,
                Trace.continuing(null),
                signal);
        signals.batch()
                .insertAll(List.of(new SignalBatchStore.Keyed(
                        accepted, vault.pseudonym("reference", id.toString()), new byte[] {1}, "fake-group")));
        return accepted;
    }

    /** The kinds of what waits for a decision, in the order it was proposed. */
    List<String> waiting() {
        return database.with(
                h -> h.createQuery("select kind from household_match where decision is null order by proposed_at, kind")
                        .mapTo(String.class)
                        .list());
    }

    HouseholdMatchStore.Match onlyMatch() {
        UUID id = database.with(h -> h.createQuery("select match_id from household_match where decision is null")
                .mapTo(UUID.class)
                .one());
        return matches.held(id).orElseThrow();
    }
}
