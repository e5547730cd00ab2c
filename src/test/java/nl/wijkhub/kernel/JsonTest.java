package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
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
}
