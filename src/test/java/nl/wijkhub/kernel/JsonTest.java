package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1            | not-json
                    {"a":1,"a":2}     | duplicate-key
                    {"a":1} {"b":2}   | not-json
                    NaN               | not-json
                    {"a":["\\u0000"]} | nul-character
                    {"a\\u0000":1}    | nul-character
                    """)
    void refuses_what_is_no_single_sound_document(String text, String code) {
        assertThat(codeOf(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(code);
    }

    @Test
    void refuses_nothing_at_all() {
        assertThat(codeOf(new byte[0])).isEqualTo("empty");
    }

    @Test
    void refuses_bytes_that_are_no_utf8() {
        assertThat(codeOf(new byte[] {'"', (byte) 0xe9, '"'})).isEqualTo("not-utf-8");
    }

    @Test
    void takes_a_text_that_only_spells_out_a_nul() {
        assertThat(Json.readStrictly("\"\\\\u0000\"".getBytes(StandardCharsets.UTF_8))
                        .asText())
                .isEqualTo("\\u0000");
    }

    @Test
    void refuses_a_depth_bomb() {
        assertThat(codeOf("[".repeat(100_000).getBytes(StandardCharsets.UTF_8))).isEqualTo("too-deep");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1e1000000000}                                   | /a
                    {"a":{"b":[0,1E+999]}}                               | /a/b/1
                    {"a":-1e-99999999999}                                | /a
                    [1e41]                                               | /0
                    [12345678901234567890123456789012345678901]          | /0
                    [0.1234567890123456789012345678901234567890123]      | /0
                    {"x/y":1e99}                                         | /x~1y
                    {"a":"\\\"","b":1e99}                              | /b
                    1e99                                                 |
                    """)
    void a_number_that_is_too_large_is_told_at_its_place(String text, String pointer) {
        assertThat(numbersOf(text)).containsExactly(pointer == null ? "" : pointer);
    }

    @Test
    void every_number_that_is_too_large_is_told_at_once() {
        assertThat(numbersOf("{\"a\":1e99,\"b\":[1e98,2],\"c\":\"1e97\"}")).containsExactly("/a", "/b/0");
    }

    @Test
    void the_place_of_a_number_repeats_no_key_that_may_be_a_citizens() {
        assertThat(numbersOf("{\"a\":{\"999990342\":1e99}}")).containsExactly("/a");
    }

    @Test
    void numbers_that_somebody_may_mean_are_taken() {
        String text = "[1e40,-1.5E-40,0.0000000000000000000000000000000000001,12345678901234567890,5.0,0]";

        assertThat(Json.readStrictly(text.getBytes(StandardCharsets.UTF_8))).hasSize(6);
    }

    @Test
    void what_looks_like_a_number_within_a_text_is_none() {
        String text = "[\"1e1000000000\",\"\\\"1e1000000000\",\"" + "9".repeat(500) + "\"]";

        assertThat(Json.readStrictly(text.getBytes(StandardCharsets.UTF_8))).hasSize(3);
    }

    private static List<String> numbersOf(String text) {
        Rejected rejected =
                catchThrowableOfType(Rejected.class, () -> Json.readStrictly(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(rejected.problem()).isEqualTo(Problem.INVALID_INPUT);
        assertThat(rejected.faults()).allMatch(fault -> fault.code().equals("number-too-large"));
        return rejected.faults().stream().map(Fault::pointer).toList();
    }

    @Test
    void the_refusal_repeats_nothing_that_was_sent() {
        Rejected rejected = catchThrowableOfType(
                Rejected.class,
                () -> Json.readStrictly("{\"name\":\"Fake Bewoner\",oops}".getBytes(StandardCharsets.UTF_8)));

        assertThat(rejected.faults().toString() + rejected.getMessage()).doesNotContain("Bewoner", "oops");
    }

    @Test
    void canonical_text_does_not_depend_on_the_order_of_keys() {
        assertThat(Json.canonical(
                        Json.readStrictly("{\"b\":[1,2],\"a\":{\"d\":1,\"c\":2}}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Json.canonical(
                        Json.readStrictly("{\"a\":{\"c\":2,\"d\":1},\"b\":[1,2]}".getBytes(StandardCharsets.UTF_8))));
    }

    private static String codeOf(byte[] bytes) {
        return catchThrowableOfType(Rejected.class, () -> Json.readStrictly(bytes))
                .faults()
                .get(0)
                .code();
    }

    @Test
    void fields_are_written_in_the_order_of_their_map() {
        java.util.Map<String, Object> fields = new java.util.LinkedHashMap<>();
        fields.put("b", "fake");
        fields.put("a", java.util.List.of(1, 2));

        assertThat(Json.writeInOrder(fields)).isEqualTo("{\"b\":\"fake\",\"a\":[1,2]}");
    }

    @Test
    void a_fault_takes_no_argument_that_is_no_number_day_or_code() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Fault.of("", "too-long", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
