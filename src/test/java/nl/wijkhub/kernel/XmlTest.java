package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlTest {
    @Test
    void reads_well_formed_utf_8() {
        assertThat(Xml.readStrictly(bytes("<a>é</a>")).getDocumentElement().getTextContent())
                .isEqualTo("é");
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "'<a>', not-xml",
        "'{}', not-xml",
        "'<!DOCTYPE a><a/>', dtd-not-allowed",
        "'<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>', dtd-not-allowed",
        "'<a>&unknown;</a>', not-xml",
        "'<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>', not-utf-8",
    })
    void refuses_the_rest_by_its_kind(String text, String code) {
        assertRefused(bytes(text), code);
    }

    @Test
    void refuses_bytes_that_are_no_utf_8() {
        assertRefused(new byte[] {'<', 'a', '>', (byte) 0xE9, '<', '/', 'a', '>'}, "not-utf-8");
    }

    @Test
    void refuses_what_is_too_deep_or_too_long() {
        assertRefused(bytes("<a>".repeat(5_000) + "</a>".repeat(5_000)), "too-deep");
        assertRefused(bytes("<a>" + "<b/>".repeat(20_001) + "</a>"), "too-many-values");
    }

    @Test
    void never_repeats_what_was_sent() {
        assertThatThrownBy(() -> Xml.readStrictly(bytes("<a>Fake Bewoner<b></a>")))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.faults().toString() + rejected.getMessage())
                                .doesNotContain("Bewoner"));
    }

    private static void assertRefused(byte[] bytes, String code) {
        assertThatThrownBy(() -> Xml.readStrictly(bytes))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.faults())
                        .singleElement()
                        .satisfies(fault -> assertThat(fault.code()).isEqualTo(code)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
