package nl.wijkhub.signal;

import static nl.wijkhub.signal.SharedLanguage.event;
import static nl.wijkhub.signal.SharedLanguage.incoming;
import static nl.wijkhub.signal.SharedLanguage.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalLinesTest {
    private final Set<String> known = new HashSet<>();
    private final SignalReading reading = SharedLanguage.reading((partner, reference) -> known.contains(reference));

    @Test
    void blank_lines_hold_nothing_and_count_in_the_numbers() {
        List<SignalLine> lines =
                all(lines("\n" + signal("fake-1") + "\r\n \t\r\n\n" + signal("fake-2") + "\n\n" + signal("fake-3")));

        assertThat(lines).extracting(SignalLine::number).containsExactly(2, 5, 7);
        assertThat(lines)
                .extracting(line -> line.draft().signal().reference())
                .containsExactly("fake-1", "fake-2", "fake-3");
        assertThat(all(lines(""))).isEmpty();
        assertThat(all(lines(" \n\r\n"))).isEmpty();
    }

    @Test
    void what_is_wrong_in_one_line_stays_in_that_line() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(utf8(signal("fake-1") + "\n"));
        body.writeBytes(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}', '\n'});
        body.writeBytes(utf8("{\"a\":1,\"a\":2}\n"));
        body.writeBytes(utf8(signal("fake-1").replace("fake-1", "fake\\u0000") + "\n"));
        body.writeBytes(utf8("{\"a\":\0}\n"));
        body.writeBytes(utf8("{\"narrative\":\"" + "x".repeat(2_000) + "\"}\n"));
        body.writeBytes(utf8("[]\n{}{}\nNaN\n" + "[".repeat(100) + "\n"));
        body.writeBytes(utf8(signal("fake-2")));
        List<SignalLine> lines = all(reading.many(incoming(SignalReading.LINES, body.toByteArray())));

        assertThat(lines.stream().map(SignalLinesTest::told))
                .containsExactly(
                        "1 fake-1",
                        "2 not-utf-8",
                        "3 duplicate-key",
                        "4 nul-character",
                        "5 not-json",
                        "6 line-too-long",
                        "7 wrong-type",
                        "8 not-json",
                        "9 not-json",
                        "10 too-deep",
                        "11 fake-2");
        assertThat(((Rejected) lines.get(5).failure()).problem()).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void a_batch_is_an_array_of_events_each_by_itself() {
        String batch = " [ " + event("fake-1") + "\n,5, \"x\" ,null,true, 12 ,[{\"a\":[1]}],{\"id\":1,\"id\":2},"
                + event("fake-2") + "] ";
        List<SignalLine> lines = all(reading.many(incoming(SignalReading.EVENTS, batch)));

        assertThat(lines.stream().map(SignalLinesTest::told))
                .containsExactly(
                        "1 fake-1",
                        "2 wrong-type",
                        "3 wrong-type",
                        "4 wrong-type",
                        "5 wrong-type",
                        "6 wrong-type",
                        "7 wrong-type",
                        "8 duplicate-key",
                        "9 fake-2");
        assertThat(all(reading.many(incoming(SignalReading.EVENTS, "[]")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "\"x\"",
                "null",
                "[",
                "[{}",
                "[{},]",
                "[{}] []",
                "[{]}",
                "[1 2]",
                "[tru]",
                "[\"\\x\"]"
            })
    void a_batch_that_is_no_array_is_refused_whole(String body) {
        assertThat(catchThrowableOfType(Rejected.class, () -> reading.many(incoming(SignalReading.EVENTS, body)))
                        .faults()
                        .get(0)
                        .code())
                .isEqualTo("not-a-batch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void a_batch_in_another_encoding_is_refused_whole(String charset) {
        byte[] body = ("[" + event("fake-1") + "]").getBytes(java.nio.charset.Charset.forName(charset));

        assertThat(catchThrowableOfType(Rejected.class, () -> reading.many(incoming(SignalReading.EVENTS, body)))
                        .problem())
                .isEqualTo(Problem.MALFORMED_INPUT);
        assertThat(catchThrowableOfType(
                                Rejected.class,
                                () -> reading.many(incoming(SignalReading.EVENTS, "\uFEFF[" + event("fake-1") + "]")))
                        .problem())
                .isEqualTo(Problem.MALFORMED_INPUT);
    }

    @Test
    void a_batch_whose_first_bytes_are_of_no_encoding_at_all_is_refused_whole() {
        for (byte[] start : List.of(
                new byte[] {0, 0, (byte) 0xff, (byte) 0xfe},
                new byte[] {(byte) 0xfe, (byte) 0xff, 0, 0},
                new byte[] {0, '[', 0, 0},
                new byte[] {0, 0, 0, '[', 0, 0x11, 0, 0},
                new byte[] {(byte) 0xff})) {
            assertThat(catchThrowableOfType(Rejected.class, () -> reading.many(incoming(SignalReading.EVENTS, start)))
                            .faults()
                            .get(0)
                            .code())
                    .isEqualTo("not-a-batch");
        }
    }

    @Test
    void characters_outside_ascii_do_not_shift_what_follows_in_a_batch() {
        var first = event("fake-1").put("subject", "€uro 😀 é");
        List<SignalLine> lines =
                all(reading.many(incoming(SignalReading.EVENTS, "[" + first + "," + event("fake-2") + "]")));

        assertThat(lines.stream().map(SignalLinesTest::told)).containsExactly("1 fake-1", "2 fake-2");
    }

    @Test
    void they_come_a_handful_at_a_time_and_in_order() {
        SignalLines lines = lines(many(150));

        assertThat(lines.next())
                .hasSize(64)
                .first()
                .extracting(SignalLine::number)
                .isEqualTo(1);
        assertThat(lines.next())
                .hasSize(64)
                .first()
                .extracting(SignalLine::number)
                .isEqualTo(65);
        assertThat(lines.next()).hasSize(22);
        assertThat(lines.hasNext()).isFalse();
    }

    @Test
    void a_signal_that_supersedes_one_of_an_earlier_line_waits_until_that_is_stored() {
        String second = signal("fake-2").replace("\"low\"", "\"low\",\"supersedes\":\"fake-1\"");
        String third = signal("fake-3").replace("\"low\"", "\"low\",\"supersedes\":\"never\"");
        SignalLines lines = lines(signal("fake-1") + "\n" + second + "\n" + third + "\n" + signal("fake-4"));

        assertThat(told(lines.next())).containsExactly("1 fake-1");
        known.add("fake-1");
        assertThat(told(lines.next())).containsExactly("2 fake-2");
        assertThat(told(lines.next())).containsExactly("3 unknown-reference", "4 fake-4");
    }

    @Test
    void more_lines_than_an_answer_can_hold_are_refused_before_anything_is_read() {
        String body = "{}\n".repeat(LineCut.MOST_LINES + 1);

        assertThat(catchThrowableOfType(Rejected.class, () -> lines(body)).problem())
                .isEqualTo(Problem.TOO_LARGE);
        assertThat(lines("{}\n\n".repeat(LineCut.MOST_LINES)).hasNext()).isTrue();
    }

    @Test
    void a_database_that_is_away_is_nobody_s_fault() {
        SignalLines lines = SharedLanguage.reading((partner, reference) -> {
                    throw new Unavailable("database", null);
                })
                .many(incoming(
                        SignalReading.LINES, signal("fake-1").replace("\"low\"", "\"low\",\"supersedes\":\"x\"")));

        assertThatThrownBy(lines::next).isInstanceOf(Unavailable.class);
    }

    @Test
    void our_own_fault_in_one_line_does_not_hurt_another() {
        SignalLines lines = SharedLanguage.reading((partner, reference) -> {
                    throw new IllegalStateException("fake");
                })
                .many(incoming(
                        SignalReading.LINES,
                        signal("fake-1").replace("\"low\"", "\"low\",\"supersedes\":\"x\"") + "\n" + signal("fake-2")));

        List<SignalLine> read = all(lines);
        assertThat(read.get(0).failure()).isInstanceOf(IllegalStateException.class);
        assertThat(told(read.get(1))).isEqualTo("2 fake-2");
    }

    private static String many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> signal("fake-" + i))
                .collect(Collectors.joining("\n"));
    }

    private SignalLines lines(String body) {
        return reading.many(incoming(SignalReading.LINES, body));
    }

    private static List<SignalLine> all(SignalLines lines) {
        List<SignalLine> all = new ArrayList<>();
        lines.forEachRemaining(all::addAll);
        return all;
    }

    private static List<String> told(List<SignalLine> lines) {
        return lines.stream().map(SignalLinesTest::told).toList();
    }

    /** The number with the reference, or with the code of the first fault. */
    private static String told(SignalLine line) {
        return line.number() + " "
                + (line.draft() != null
                        ? line.draft().signal().reference()
                        : ((Rejected) line.failure()).faults().get(0).code());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
