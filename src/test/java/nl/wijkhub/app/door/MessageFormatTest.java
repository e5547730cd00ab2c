package nl.wijkhub.app.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import nl.wijkhub.app.inbox.PartnerMessage;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "corporatie-demo | application/json | {\"reference\":1} | SIGNALS",
                "corporatie-demo | application/json; charset=utf-8 | {\"idExtern\":1,\"eenheden\":[]} | HOUSING_ZAKEN",
                "corporatie-demo | Application/JSON | {\"idExtern\":1,\"adres\":\"x\"} | HOUSING_SIGNALERINGEN",
                "corporatie-demo | application/json | {} | HOUSING_ZAKEN",
                "corporatie-demo | application/json | {\"idExtern\": | SIGNALS",
                "corporatie-demo | application/x-ndjson | {} | SIGNALS",
                "corporatie-demo | application/xml | <a/> | POLICE_REPORTS",
                "politie-demo | application/xml | <a/> | POLICE_REPORTS",
                "politie-demo | application/json | {\"registratienummer\":1} | POLICE_REPORTS",
                "politie-demo | application/json | {\"severity\":1} | SIGNALS",
                "welzijn-demo | application/fhir+json | {} | WELFARE_INTAKES",
                "welzijn-demo | application/json | {} | SIGNALS",
                "zorg-demo | application/fhir+xml | <a/> | CARE_NOTES",
                "openbare-ruimte-demo | application/json | {\"text\":1,\"category\":{}} | PUBLIC_SPACE_SIGNALS",
                "openbare-ruimte-demo | application/json | {\"category\":1,\"occurredAt\":1} | SIGNALS",
                "opbouwwerk-demo | application/json | {} | SIGNALS",
                "opbouwwerk-demo | application/cloudevents+json | {} | SIGNALS",
                "opbouwwerk-demo | text/csv | a;b | SIGNALS",
            })
    void without_a_subject_media_type_sender_and_content_say_it(
            String partner, String contentType, String body, MessageFormat language) {
        assertThat(of(partner, contentType, null, Map.of(), body)).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({"housing/zaken, HOUSING_ZAKEN", "housing/eenheden, HOUSING_EENHEDEN", "signals, SIGNALS"})
    void a_subject_that_names_a_door_says_it(String subject, MessageFormat language) {
        assertThat(of("corporatie-demo", "application/json", subject, Map.of(), "{\"adres\":1}"))
                .isEqualTo(language);
    }

    @Test
    void a_subject_of_the_sender_s_own_says_nothing() {
        assertThat(of("corporatie-demo", "application/json", "overlast", Map.of(), "{\"adres\":1}"))
                .isEqualTo(MessageFormat.HOUSING_SIGNALERINGEN);
    }

    @Test
    void what_has_the_attributes_of_an_event_is_a_signal() {
        assertThat(of("corporatie-demo", "application/json", null, Map.of("cloudEvents:id", "x"), "{}"))
                .isEqualTo(MessageFormat.SIGNALS);
    }

    @ParameterizedTest
    @EnumSource
    void every_language_has_a_route(MessageFormat language) throws Exception {
        try (var files = java.nio.file.Files.list(java.nio.file.Path.of("routes"))) {
            assertThat(files.map(MessageFormatTest::text))
                    .anyMatch(text -> text.contains("uri: direct:" + language.route() + "\n"));
        }
    }

    private static String text(java.nio.file.Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static MessageFormat of(
            String partner, String contentType, String subject, Map<String, Object> properties, String body) {
        return MessageFormat.of(
                new PartnerMessage(contentType, null, subject, properties, body.getBytes(StandardCharsets.UTF_8)),
                SignalFixture.PARTNERS.find(partner).orElseThrow());
    }
}
