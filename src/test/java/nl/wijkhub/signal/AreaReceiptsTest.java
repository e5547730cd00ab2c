package nl.wijkhub.signal;

import static nl.wijkhub.signal.SignalFixture.NOON;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes for whoever reported something about an area, on the real database. */
class AreaReceiptsTest {
    private static final String AREA = "{\"neighbourhood\":{\"buurtCode\":\"BU99990101\"}}";
    private static final String HOUSEHOLD =
            "{\"household\":{\"address\":{\"postalCode\":\"9990AB\",\"houseNumber\":12}}}";
    private static final Duration VALID = Duration.ofDays(366);

    private final Database database = TestDatabase.store();
    private final SignalAccept accept = new SignalAccept(
            new SignalStore(database, TestVault.vault()),
            new Timeline(new TimelineStore(database), new SimpleMeterRegistry()),
            VOCABULARY,
            PARTNERS,
            TestVault.vault(),
            NOON);
    private final AreaReceipts receipts = at(NOON);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void a_signal_about_an_area_has_one_code_for_good_and_a_household_none() {
        Receipt first = send("fake-1", AREA, "");
        Receipt again = send("fake-1", AREA, "");
        Receipt other = send("fake-2", AREA, "");

        assertThat(first.code()).matches("([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}");
        assertThat(again.code()).isEqualTo(first.code());
        assertThat(other.code()).isNotEqualTo(first.code());
        assertThat(receipts.signalsOf(first.code())).containsExactly(first.signalId());

        assertThat(send("fake-3", HOUSEHOLD, "").code()).isNull();
        assertThat(count("select count(*) from receipt")).isEqualTo(2);
    }

    @Test
    void a_code_is_found_however_people_copy_it() {
        Receipt receipt = send("fake-1", AREA, "");
        String code = receipt.code();

        for (String typed : new String[] {
            code.toLowerCase(Locale.ROOT),
            code.replace("-", ""),
            code.replace('-', ' '),
            " " + code + " ",
            code.replace('0', 'O').replace('1', 'l'),
            code.replace('0', 'o').replace('1', 'I')
        }) {
            assertThat(receipts.signalsOf(typed)).as(typed).containsExactly(receipt.signalId());
        }
        for (String none : new String[] {
            "", code.substring(1), code + "0", receipt.signalId().toString(), "U" + code
        }) {
            assertThat(receipts.signalsOf(none)).as(none).isEmpty();
        }
    }

    @Test
    void nothing_that_is_stored_gives_a_code_away() {
        String code = send("fake-1", AREA, "").code();

        assertThat(count("select count(*) from receipt where position(convert_to('" + code.replace("-", "")
                        + "', 'UTF8') in code_key) > 0"))
                .isZero();
        assertThat(ReceiptCode.key(ReceiptCode.normal(code).orElseThrow(), TestVault.vault()))
                .hasSize(16);
    }

    @Test
    void codes_are_spread_over_all_there_are() {
        Set<String> seen = new HashSet<>();
        Set<Integer> firsts = new HashSet<>();
        Set<Integer> lasts = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            String code = ReceiptCode.of(UUID.randomUUID(), TestVault.vault());
            seen.add(code);
            firsts.add((int) code.charAt(0));
            lasts.add((int) code.charAt(code.length() - 1));
        }
        assertThat(seen).hasSize(2_000);
        assertThat(firsts).hasSize(32);
        assertThat(lasts).hasSize(32);
    }

    @Test
    void a_code_expires_and_a_repeat_makes_it_last_no_longer() {
        Receipt receipt = send("fake-1", AREA, "");
        Clock later = Clock.offset(NOON, VALID.minusSeconds(1));
        SignalDraft draft = draft("fake-1", AREA, "");
        at(later).give(draft, accept.accept(draft));

        assertThat(at(later).signalsOf(receipt.code())).hasSize(1);
        assertThat(at(Clock.offset(NOON, VALID)).signalsOf(receipt.code())).isEmpty();
    }

    @Test
    void a_code_follows_corrections_of_its_signal_and_ends_before_a_household() {
        Receipt first = send("fake-1", AREA, "");
        Receipt second = send("fake-2", AREA, ",\"supersedes\":\"fake-1\"");
        Receipt third = send("fake-3", AREA, ",\"supersedes\":\"fake-2\"");
        send("fake-4", HOUSEHOLD, ",\"supersedes\":\"fake-3\"");

        assertThat(receipts.signalsOf(first.code()))
                .containsExactly(first.signalId(), second.signalId(), third.signalId());
        assertThat(receipts.signalsOf(third.code())).containsExactly(third.signalId());
    }

    private AreaReceipts at(Clock clock) {
        return new AreaReceipts(new ReceiptStore(database), TestVault.vault(), VALID, clock);
    }

    private Receipt send(String reference, String subject, String more) {
        SignalDraft draft = draft(reference, subject, more);
        return receipts.give(draft, accept.accept(draft));
    }

    private SignalDraft draft(String reference, String subject, String more) {
        String json = """
                {"reference":"%s","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",
                 "category":"area.litter","severity":"low","subject":%s%s}""".formatted(reference, subject, more);
        return new CaseSignalMapper(new SignalSchema(), VOCABULARY, accept::knows, NOON)
                .map(
                        PARTNERS.get("gemeente-demo"),
                        Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                        Trace.continuing(null));
    }

    private long count(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(Long.class).one());
    }
}
