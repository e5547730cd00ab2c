package nl.wijkhub.signal;

import static nl.wijkhub.signal.SignalFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.signal.Quarantined.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be taken, on the real database. */
class QuarantineTest {
    private static final String WHY = "{\"problem\":{\"detail\":\"fake-why\"}}";
    private static final int MOST = 5_000_000;

    private final Database database = TestDatabase.store();
    private final Quarantine quarantine = new Quarantine(
            database,
            new QuarantineStore(database, TestVault.vault()),
            TestVault.vault(),
            MOST,
            Duration.ofDays(90),
            NOON);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void a_message_is_kept_byte_by_byte_and_can_be_read_by_nobody_else() {
        byte[] message = new byte[2_500_000];
        Arrays.fill(message, "Fakebewoner".getBytes(StandardCharsets.UTF_8)[0]);
        message[2_499_999] = 7;
        UUID id = keep("fake-one", message);

        assertThat(quarantine.content(id)).isEqualTo(message);
        Quarantined kept = quarantine.find(id).orElseThrow();
        assertThat(kept.partnerId()).isEqualTo("fake-one");
        assertThat(kept.bytes()).isEqualTo(2_500_000);
        assertThat(kept.isWhole()).isTrue();
        assertThat(kept.refusal()).isEqualTo(WHY);
        assertThat(kept.answer()).isNull();
        assertThat(everything()).doesNotContain("FFFFFFFF").doesNotContain("fake-why");
    }

    @Test
    void the_same_from_the_same_is_one_entry_and_from_another_another() {
        UUID first = keep("fake-one", "same");
        assertThat(keep("fake-one", "same")).isEqualTo(first);
        UUID other = keep("fake-two", "same");
        UUID more = keep("fake-one", "more");

        assertThat(quarantine.find(first).orElseThrow().times()).isEqualTo(2);
        assertThat(ids(null)).containsExactly(first, other, more);
        assertThat(ids("fake-one")).containsExactly(first, more);
        assertThat(quarantine.waiting(null, first, 1))
                .extracting(Quarantined::id)
                .containsExactly(other);
        assertThat(rows("quarantine_part")).isEqualTo(3);
    }

    @Test
    void why_it_stands_there_is_read_from_its_refusal_and_a_partner_finds_its_own_alone() {
        UUID whole = keep("fake-one", "whole");
        UUID wrong = quarantine.keep("fake-two", new ByteArrayInputStream(new byte[] {1}), null, """
                {"problem":{"status":400,"detail":"fake-why","errors":[{"pointer":"/b","code":"c","detail":"fake-b"}]},
                 "lines":[{"line":2}]}
                """);

        assertThat(quarantine.find(whole, "fake-one").orElseThrow().reason())
                .isEqualTo(new Quarantined.Reason("fake-why", List.of()));
        assertThat(quarantine.find(wrong, null).orElseThrow().reason())
                .isEqualTo(new Quarantined.Reason("fake-why", List.of(new Quarantined.Wrong("/b", "fake-b"))));
        assertThat(quarantine.find(wrong, "fake-one")).isEmpty();
    }

    @Test
    void what_was_taken_is_gone_but_for_its_answer_and_may_come_again() {
        UUID id = keep("fake-one", "taken");
        Answer answer = new Answer(202, "application/json", "{\"id\":\"fake\"}");
        quarantine.taken(id, answer);
        quarantine.refusedAgain(id, "{\"fake\":1}");

        assertThat(ids(null)).isEmpty();
        assertThat(rows("quarantine_part")).isZero();
        assertThat(quarantine.find(id).orElseThrow().answer()).isEqualTo(answer);
        assertThat(quarantine.find(id).orElseThrow().refusal()).isEqualTo(WHY);
        assertThat(keep("fake-one", "taken")).isNotEqualTo(id);
    }

    @Test
    void what_is_still_refused_waits_with_what_is_wrong_now() {
        UUID id = keep("fake-one", "again");
        quarantine.refusedAgain(id, "{\"fake\":2}");

        assertThat(quarantine.find(id).orElseThrow().refusal()).isEqualTo("{\"fake\":2}");
        assertThat(quarantine.content(id)).asString(StandardCharsets.UTF_8).isEqualTo("again");
    }

    @Test
    void what_is_the_same_is_what_its_sender_says_and_once_it_is_taken_its_entry_is_done_with() {
        UUID first = quarantine.keep("fake-one", new ByteArrayInputStream(new byte[] {1}), "same", WHY);
        UUID again = quarantine.keep("fake-one", new ByteArrayInputStream(new byte[] {2}), "same", WHY);
        assertThat(again).isEqualTo(first);
        assertThat(quarantine.content(first)).containsExactly(1);

        quarantine.cameAgain("fake-two", "same", new Answer(202, "fake", "{}"));
        quarantine.cameAgain("fake-one", "other", new Answer(202, "fake", "{}"));
        assertThat(ids(null)).containsExactly(first);
        quarantine.cameAgain("fake-one", "same", new Answer(202, "fake", "{}"));
        assertThat(ids(null)).isEmpty();
    }

    @Test
    void after_its_time_it_is_forgotten_taken_or_not() {
        UUID taken = keep("fake-one", "taken");
        quarantine.taken(taken, new Answer(202, "fake", "{}"));
        keep("fake-one", "waits");
        at(Duration.ofDays(89)).forget();
        assertThat(rows("quarantine")).isEqualTo(2);

        at(Duration.ofDays(91)).forget();
        assertThat(rows("quarantine")).isZero();
        assertThat(rows("quarantine_part")).isZero();
    }

    private Quarantine at(Duration later) {
        return new Quarantine(
                database,
                new QuarantineStore(database, TestVault.vault()),
                TestVault.vault(),
                MOST,
                Duration.ofDays(90),
                Clock.offset(NOON, later));
    }

    @Test
    void beyond_all_measure_it_is_told_and_not_kept() {
        UUID id = keep("fake-one", new byte[MOST + 1]);

        Quarantined kept = quarantine.find(id).orElseThrow();
        assertThat(kept.isWhole()).isFalse();
        assertThat(kept.bytes()).isGreaterThan(MOST);
        assertThat(rows("quarantine_part")).isZero();
        assertThat(keep("fake-one", new byte[MOST])).isNotEqualTo(id);
    }

    @Test
    void a_message_that_breaks_off_leaves_nothing() {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[2_000_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("fake");
            }
        });

        assertThatThrownBy(() -> quarantine.keep("fake-one", broken, null, WHY))
                .isInstanceOf(Quarantine.Interrupted.class);
        assertThat(rows("quarantine")).isZero();
        assertThat(rows("quarantine_part")).isZero();
    }

    private UUID keep(String partner, String message) {
        return keep(partner, message.getBytes(StandardCharsets.UTF_8));
    }

    private UUID keep(String partner, byte[] message) {
        return quarantine.keep(partner, new ByteArrayInputStream(message), null, WHY);
    }

    private List<UUID> ids(String partner) {
        return quarantine.waiting(partner, null, 10).stream()
                .map(Quarantined::id)
                .toList();
    }

    private int rows(String table) {
        return database.with(h -> h.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }

    private String everything() {
        return database.with(h -> h.createQuery(
                        "select string_agg(q::text, '') || (select string_agg(encode(part_sealed, 'escape'), '') from quarantine_part) from quarantine q")
                .mapTo(String.class)
                .one());
    }
}
