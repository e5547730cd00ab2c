package nl.wijkhub.partner.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/** What the door takes is what the published XSD describes. */
class ReportSchemaTest {
    private static final Path GOLDEN = Path.of("src/test/golden/police");

    static List<Path> good() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.filter(folder -> Files.exists(folder.resolve("message.xml")))
                    .filter(folder -> !Files.exists(folder.resolve("problem.json")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void what_the_door_takes_is_valid(Path folder) {
        assertThatCode(() -> validate(folder)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-attribute-and-loose-text", "bad-twice-the-same-element", "bad-address-and-buurtcode"})
    void what_the_door_refuses_by_its_form_is_not(String name) {
        Path folder = GOLDEN.resolve(name);
        assertThat(folder.resolve("problem.json")).exists();
        assertThatThrownBy(() -> validate(folder)).isInstanceOf(SAXException.class);
    }

    @Test
    void both_forms_of_one_report_are_one_signal() throws IOException {
        assertThat(Files.readString(GOLDEN.resolve("noise-under-article-20/20-signal.json")))
                .isEqualTo(Files.readString(GOLDEN.resolve("noise-under-article-20-as-json/20-signal.json")));
    }

    private static void validate(Path folder) throws IOException, SAXException {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(ReportSchemaTest.class.getResource("/schema/police-report.xsd"));
        Validator validator = schema.newValidator();
        validator.validate(
                new StreamSource(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("message.xml")))));
    }
}
