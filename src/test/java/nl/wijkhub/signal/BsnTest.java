package nl.wijkhub.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BsnTest {
    @ParameterizedTest
    @ValueSource(strings = {"111222333", "999990342", "123456782"})
    void passes_the_eleven_test(String bsn) {
        assertThat(Bsn.isValid(bsn)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789", "000000000", "12345678", "1234567820", "abcdefghi", ""})
    void fails_the_eleven_test(String bsn) {
        assertThat(Bsn.isValid(bsn)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999990342",
                "bsn999990342",
                "urn:nl:burger:999990342:zaak",
                "9999.90.342",
                "999 990 342",
                "999-990-342",
                "x_999990342",
                "٩٩٩٩٩٠٣٤٢"
            })
    void is_seen_in_an_id_however_it_is_written(String text) {
        assertThat(Bsn.seemsToStandIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123456789",
                "9999903421",
                "urn:nld:oin:00000009999999999000:systeem:fake",
                "2026-11-20T10:00:00Z",
                "0190a5d2-7b3c-7def-8123-a999990342bc",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08a999990342b",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void is_not_seen_in_ids_that_only_look_so_by_chance(String text) {
        assertThat(Bsn.seemsToStandIn(text)).isFalse();
    }

    @Test
    void is_found_in_text_but_not_inside_a_longer_number() {
        assertThat(Bsn.standsIn("nummer 999990342.")).isTrue();
        assertThat(Bsn.standsIn("zaak 9999903421")).isFalse();
        assertThat(Bsn.standsIn("bel 123456789")).isFalse();
        assertThat(Bsn.standsIn(null)).isFalse();
    }
}
