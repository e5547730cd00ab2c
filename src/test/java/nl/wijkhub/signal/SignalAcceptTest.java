package nl.wijkhub.signal;

import static nl.wijkhub.signal.SharedLanguage.incoming;
import static nl.wijkhub.signal.SharedLanguage.signal;
import static nl.wijkhub.signal.SignalFixture.NOON;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stage 20 on the real database, for many who come at the same moment: each is answered as if it had come alone. */
class SignalAcceptTest {
    private static final int AT_ONCE = 32;

    private final Database database = TestDatabase.store();
    private final Vault vault = TestVault.vault();
    private final SignalStore signals = new SignalStore(database, vault);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SignalAccept accept = new SignalAccept(
            signals, new Timeline(new TimelineStore(database), meters), VOCABULARY, PARTNERS, vault, NOON);
    private final SignalReading reading = SharedLanguage.reading(accept::knows);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void what_was_worked_keeps_its_moment_and_its_household_when_something_of_it_goes_the_way_again() throws Exception {
        UUID id = UUID.fromString(outcome(draft("fake-1")).call().substring("accepted ".length()));
        UUID household = UUID.randomUUID();
        Instant worked = NOON.instant();

        signals.markWorked(List.of(id), List.of(household), worked);
        signals.markWorked(List.of(id), List.of(UUID.randomUUID()), worked.plusSeconds(60));

        assertThat(database.<String>with(h -> h.createQuery(
                                "select household_id || ' ' || (worked_at = :at) from signal where signal_id = :id")
                        .bind("at", worked.atOffset(ZoneOffset.UTC))
                        .bind("id", id)
                        .mapTo(String.class)
                        .one()))
                .isEqualTo(household + " true");
    }

    @Test
    void many_at_once_are_each_stored_under_their_own_id() throws Exception {
        List<Callable<String>> asked = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            asked.add(outcome(draft("fake-" + i)));
        }
        List<String> told = atOnce(asked);

        assertThat(told).hasSize(400).doesNotHaveDuplicates().allMatch(outcome -> outcome.startsWith("accepted "));
        for (int i = 0; i < told.size(); i += 37) {
            UUID id = UUID.fromString(told.get(i).substring("accepted ".length()));
            assertThat(signals.byId(id).orElseThrow().signal().reference()).isEqualTo("fake-" + i);
        }
        assertThat(meters.get("wijkhub.stage")
                        .tag("outcome", "accepted")
                        .counter()
                        .count())
                .isEqualTo(400);
    }

    @Test
    void of_one_reference_that_comes_many_times_at_once_one_is_the_signal_and_the_others_repeat_it() throws Exception {
        List<Callable<String>> asked = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            asked.add(outcome(draft("fake-" + i % 50)));
        }
        List<String> told = atOnce(asked);

        Set<String> accepted = told.stream()
                .filter(outcome -> outcome.startsWith("accepted "))
                .map(outcome -> outcome.substring("accepted ".length()))
                .collect(Collectors.toSet());
        assertThat(accepted).hasSize(50);
        assertThat(told.stream().filter(outcome -> outcome.startsWith("repeated ")))
                .hasSize(350)
                .allMatch(outcome -> accepted.contains(outcome.substring("repeated ".length())));
    }

    @Test
    void a_conflict_is_told_to_whoever_caused_it_and_touches_nobody_beside_it() throws Exception {
        accept.accept(draft("fake-used"));
        List<Callable<String>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(outcome(
                    i % 4 == 0
                            ? reading.one(incoming(
                                    SignalReading.SIGNAL, signal("fake-used").replace("low", "high")))
                            : draft("fake-" + i)));
        }
        List<String> told = atOnce(asked);

        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).startsWith(i % 4 == 0 ? "reference-conflict" : "accepted ");
        }
    }

    @Test
    void the_same_reference_of_another_partner_is_another_signal() throws Exception {
        SignalDraft mine = draft("fake-same");
        SignalDraft theirs = new SignalDraft(
                "politie-demo",
                mine.signal(),
                mine.referencePointer(),
                mine.content(),
                mine.extraClasses(),
                mine.trace());
        List<Callable<String>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(outcome(i % 2 == 0 ? mine : theirs));
        }

        assertThat(atOnce(asked).stream().filter(outcome -> outcome.startsWith("accepted ")))
                .hasSize(2);
    }

    @Test
    void a_row_that_the_database_refuses_fails_alone() throws Exception {
        SignalDraft refused = new SignalDraft(
                "corporatie-demo",
                draft("fake-refused").signal(),
                "/reference",
                "fake",
                Set.of(),
                new Trace("\u0000", "0"));
        List<Callable<String>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(outcome(i % 20 == 10 ? refused : draft("fake-" + i)));
        }
        List<String> told = atOnce(asked);

        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).startsWith(i % 20 == 10 ? "failed" : "accepted ");
        }
    }

    @Test
    void what_supersedes_a_signal_finds_it_while_others_come() throws Exception {
        List<Callable<String>> first = new ArrayList<>();
        List<Callable<String>> then = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            first.add(outcome(draft("fake-" + i)));
        }
        List<String> earlier = atOnce(first);
        for (int i = 0; i < 100; i++) {
            then.add(outcome(reading.one(incoming(
                    SignalReading.SIGNAL,
                    signal("fake-new-" + i).replace("\"low\"", "\"low\",\"supersedes\":\"fake-" + i + "\"")))));
        }
        List<String> later = atOnce(then);

        for (int i = 0; i < 100; i++) {
            assertThat(signals.byId(id(later.get(i))).orElseThrow().supersededId())
                    .isEqualTo(id(earlier.get(i)));
        }
    }

    private SignalDraft draft(String reference) {
        return reading.one(incoming(SignalReading.SIGNAL, signal(reference)));
    }

    private Callable<String> outcome(SignalDraft draft) {
        return () -> {
            try {
                Receipt receipt = accept.accept(draft);
                return (receipt.duplicate() ? "repeated " : "accepted ") + receipt.signalId();
            } catch (Rejected refused) {
                return refused.problem().code();
            } catch (RuntimeException failure) {
                return "failed";
            }
        };
    }

    private static UUID id(String told) {
        return UUID.fromString(told.substring("accepted ".length()));
    }

    private static List<String> atOnce(List<Callable<String>> asked) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<String> told = new ArrayList<>();
            for (Future<String> one : threads.invokeAll(asked)) {
                told.add(one.get());
            }
            return told;
        } finally {
            threads.shutdown();
        }
    }
}
