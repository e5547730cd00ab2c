package nl.wijkhub.signal;

import static nl.wijkhub.signal.SharedLanguage.incoming;
import static nl.wijkhub.signal.SharedLanguage.signal;
import static nl.wijkhub.signal.SignalFixture.NOON;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.kernel.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stage 20 for many, on the real database. */
class SignalAcceptManyTest {
    private final Database database = TestDatabase.store();
    private final Vault vault = TestVault.vault();
    private final SignalStore signals = new SignalStore(database, vault);
    private final SignalAccept accept = new SignalAccept(
            signals,
            new Timeline(new TimelineStore(database), new SimpleMeterRegistry()),
            VOCABULARY,
            PARTNERS,
            vault,
            NOON);
    private final SignalReading reading = SharedLanguage.reading(accept::knows);
    private final List<Receipt> queued = Collections.synchronizedList(new ArrayList<>());
    private final AreaReceipts receipts =
            new AreaReceipts(new ReceiptStore(database), vault, Duration.ofDays(366), NOON);
    private final SignalAcceptMany many = new SignalAcceptMany(accept, receipts, queued::addAll);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void good_bad_repeated_and_conflicting_lines_each_get_their_own_answer() {
        Receipt earlier = accept.accept(reading.one(incoming(SignalReading.SIGNAL, signal("fake-0"))));
        List<LineOutcome> outcomes = send(
                signal("fake-0"),
                signal("fake-1"),
                "{}",
                signal("fake-1"),
                signal("fake-1").replace("low", "high"),
                signal("fake-0").replace("low", "high"),
                "",
                signal("fake-2"));

        assertThat(outcomes.stream().map(SignalAcceptManyTest::told))
                .containsExactly(
                        "1 repeated",
                        "2 accepted",
                        "3 invalid-input",
                        "4 repeated",
                        "5 reference-conflict",
                        "6 reference-conflict",
                        "8 accepted");
        assertThat(outcomes.get(0).receipt().signalId()).isEqualTo(earlier.signalId());
        assertThat(outcomes.get(3).receipt().signalId())
                .isEqualTo(outcomes.get(1).receipt().signalId());
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void a_line_about_an_area_has_the_code_that_it_would_have_had_alone_and_a_household_none() {
        String area = signal("fake-1")
                .replace(
                        "{\"household\":{\"address\":{\"postalCode\":\"9990AB\",\"houseNumber\":12}}}",
                        "{\"neighbourhood\":{\"buurtCode\":\"BU99990101\"}}");
        SignalDraft draft = reading.one(incoming(SignalReading.SIGNAL, area));
        List<LineOutcome> outcomes = send(area, signal("fake-2"), area, "{}", area.replace("low", "high"));
        Receipt alone = receipts.give(draft, accept.accept(draft));

        assertThat(outcomes.stream()
                        .map(outcome -> outcome.receipt() == null
                                ? "refused"
                                : String.valueOf(outcome.receipt().code())))
                .containsExactly(alone.code(), "null", alone.code(), "refused", "refused");
        assertThat(receipts.signalsOf(alone.code())).containsExactly(alone.signalId());
        int kept = database.with(h -> h.createQuery("select count(*) from receipt")
                .mapTo(Integer.class)
                .one());
        assertThat(kept).isEqualTo(1);
    }

    @Test
    void every_receipt_is_queued_repeats_too_unless_they_were_worked() {
        Receipt worked = accept.accept(reading.one(incoming(SignalReading.SIGNAL, signal("fake-0"))));
        Collections.singletonList(worked)
                .forEach(r -> signals.markWorked(
                        List.of(r.signalId()), Collections.singletonList((UUID) null), NOON.instant()));
        List<LineOutcome> outcomes = send(signal("fake-0"), signal("fake-1"), signal("fake-1"));

        assertThat(queued).extracting(Receipt::worked).containsExactly(true, false, false);
        assertThat(queued)
                .extracting(Receipt::signalId)
                .containsExactlyElementsOf(outcomes.stream()
                        .map(outcome -> outcome.receipt().signalId())
                        .toList());
    }

    @Test
    void a_stored_line_is_the_signal_as_it_would_have_been_alone() {
        UUID among = send(signal("fake-1")).get(0).receipt().signalId();
        UUID alone = accept.accept(reading.one(incoming(SignalReading.SIGNAL, signal("fake-2"))))
                .signalId();
        AcceptedSignal one = signals.byId(alone).orElseThrow();
        AcceptedSignal of = signals.byId(among).orElseThrow();

        assertThat(of)
                .usingRecursiveComparison()
                .ignoringFields("id", "signal.reference", "acceptedAt")
                .isEqualTo(one);
        assertThat(of.signal().reference()).isEqualTo("fake-1");
    }

    @Test
    void lines_are_worked_in_their_order_and_one_may_supersede_an_earlier_one() {
        String[] lines = IntStream.range(0, 70)
                .mapToObj(i -> i == 0
                        ? signal("fake-0")
                        : signal("fake-" + i).replace("\"low\"", "\"low\",\"supersedes\":\"fake-" + (i - 1) + "\""))
                .toArray(String[]::new);
        List<UUID> ids = send(lines).stream().map(o -> o.receipt().signalId()).toList();

        for (int i = 1; i < ids.size(); i++) {
            assertThat(signals.byId(ids.get(i)).orElseThrow().supersededId()).isEqualTo(ids.get(i - 1));
        }
        List<UUID> order =
                send(IntStream.range(100, 164)
                                .mapToObj(i -> signal("fake-" + i))
                                .toArray(String[]::new))
                        .stream()
                        .map(o -> o.receipt().signalId())
                        .toList();
        assertThat(signals.unworked(order)).extracting(AcceptedSignal::id).containsExactlyElementsOf(order);
    }

    @Test
    void nothing_is_answered_when_the_queue_is_away_and_the_whole_may_be_sent_again() {
        SignalAcceptMany unqueued = new SignalAcceptMany(accept, receipts, ids -> {
            throw new Unavailable("broker", null);
        });
        String body = signal("fake-1") + "\n" + signal("fake-2");

        assertThatThrownBy(() -> unqueued.accept(reading.many(incoming(SignalReading.LINES, body))))
                .isInstanceOf(Unavailable.class);
        assertThat(send(signal("fake-1"), signal("fake-2")).stream().map(SignalAcceptManyTest::told))
                .containsExactly("1 repeated", "2 repeated");
        assertThat(queued).hasSize(2);
    }

    @Test
    void two_senders_of_the_same_lines_in_opposite_order_do_not_wait_in_a_circle() {
        List<String> there =
                IntStream.range(0, 640).mapToObj(i -> signal("fake-" + i)).toList();
        List<String> back = new ArrayList<>(there);
        Collections.reverse(back);
        List<CompletableFuture<List<LineOutcome>>> running = IntStream.range(0, 6)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> send((i % 2 == 0 ? there : back).toArray(String[]::new))))
                .toList();
        List<LineOutcome> outcomes =
                running.stream().flatMap(run -> run.join().stream()).toList();

        assertThat(outcomes).hasSize(6 * 640).allMatch(outcome -> outcome.receipt() != null);
        assertThat(outcomes.stream().filter(o -> !o.receipt().duplicate())).hasSize(640);
        assertThat(stored()).isEqualTo(640);
    }

    private List<LineOutcome> send(String... lines) {
        return many.accept(reading.many(
                incoming(SignalReading.LINES, List.of(lines).stream().collect(Collectors.joining("\n")))));
    }

    private int stored() {
        return database.with(h -> h.createQuery("select count(*) from signal")
                .mapTo(Integer.class)
                .one());
    }

    private static String told(LineOutcome outcome) {
        if (outcome.receipt() == null) {
            return outcome.number() + " "
                    + ((Rejected) outcome.failure()).problem().code();
        }
        return outcome.number() + (outcome.receipt().duplicate() ? " repeated" : " accepted");
    }
}
