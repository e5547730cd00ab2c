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

    @Test
    void is_found_in_text_but_not_inside_a_longer_number() {
        assertThat(Bsn.standsIn("nummer 999990342.")).isTrue();
        assertThat(Bsn.standsIn("zaak 9999903421")).isFalse();
        assertThat(Bsn.standsIn("bel 123456789")).isFalse();
        assertThat(Bsn.standsIn(null)).isFalse();
    }
}
