package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one reader of media types, on what senders make of them. */
class MediaTypeTest {
    private static final Set<String> TAKEN = Set.of("application/json", "application/fhir+json");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "  application/json  ",
                "application/json;",
                "application/json ; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\"",
                "application/json; Charset = utf-8",
                "application/json; charset=utf8",
                "application/json; charset=utf-8; charset=utf-8",
                "application/json; profile=\"fake; charset=latin1\"",
                "application/json; version=1"
            })
    void a_door_takes_its_media_type_in_utf_8_however_it_is_written(String header) {
        assertThat(MediaType.of(header).require(TAKEN)).isEqualTo("application/json");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "; charset=utf-8",
                "json",
                "text/json",
                "application/xml",
                "application/json, application/json",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json; charset=",
                "application/json; charset",
                "application/json; charset=fake",
                "application/json; charset=no such name",
                "application/json; charset=utf-8; charset=iso-8859-1",
                "application/json; charset=\"utf-8; version=1"
            })
    void a_door_refuses_everything_else(String header) {
        assertThatThrownBy(() -> MediaType.of(header).require(TAKEN))
                .isInstanceOfSatisfying(Rejected.class, refused -> {
                    assertThat(refused.problem()).isEqualTo(Problem.UNSUPPORTED_MEDIA_TYPE);
                    assertThat(refused.faults()).extracting(Fault::code).containsExactly("media-type");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true, false",
        "application/fhir+json; fhirVersion=4.0, true, false",
        "json, true, false",
        "application/fhir+xml, false, true",
        "text/XML, false, true",
        "xml, false, true",
        "application/xml-dtd, false, false",
        "application/x-ndjson, false, false",
        "*/*, false, false"
    })
    void what_is_written_in_json_or_xml_shows_in_the_name(String header, boolean isJson, boolean isXml) {
        assertThat(MediaType.of(header).isJson()).isEqualTo(isJson);
        assertThat(MediaType.of(header).isXml()).isEqualTo(isXml);
    }

    @Test
    void an_accept_names_several_in_its_order() {
        assertThat(MediaType.listed("text/html, application/xml;q=0.9;note=\"a,b\", */*;q=0.8"))
                .extracting(MediaType::name)
                .containsExactly("text/html", "application/xml", "*/*");
        assertThat(MediaType.listed(null)).containsExactly(MediaType.NONE);
    }
}
