package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Disclosure;
import nl.wijkhub.sharing.ReleasedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.web.api.ReleasedSignalJson;
import org.junit.jupiter.api.Test;

class ReleasedFieldsTest {
    private static final ReleasedSignal ALL = new ReleasedSignal(
            new UUID(0, 1),
            new UUID(0, 2),
            new ReleasedSignal.Terms(Disclosure.FULL, "VITAL", null, null, "Fictief advies"),
            "coördinator",
            new ReleasedSignal.Report(
                    OffsetDateTime.parse("2026-01-02T10:00:00Z"),
                    OffsetDateTime.parse("2026-01-03T10:00:00Z"),
                    "nuisance.noise",
                    Severity.ACUTE,
                    4,
                    true,
                    "Fictief verhaal"),
            new ReleasedSignal.Sender(
                    Discipline.POLICE,
                    new CaseSignal.SenderTerm("fake", "E35", "Burengerucht"),
                    new CaseSignal.Reporter("Fake Melder", "0600000000", true)),
            new ReleasedSignal.Life(
                    List.of("financien", "huisvesting"),
                    List.of(new CaseSignal.Score("financien", 2, LocalDate.parse("2026-01-01"))),
                    List.of("helpt buren"),
                    List.of("Fake Oom")),
            new CaseSignal.WorkerSafety("met twee", LocalDate.parse("2026-12-31")),
            new ReleasedSignal.Subject(
                    new Address("9990AB", 5, null, "a", null),
                    List.of(
                            new ReleasedSignal.Person(
                                    "tenant", "Fake Huurder", LocalDate.parse("1970-01-01"), "0611111111"),
                            new ReleasedSignal.Person("child", null, null, null)),
                    new CaseSignal.Neighbourhood("BU99990101", null)));

    private static final ReleasedSignal NOTHING = new ReleasedSignal(
            new UUID(0, 1),
            new UUID(0, 2),
            new ReleasedSignal.Terms(Disclosure.NOTICE, "VITAL", null, null, null),
            null,
            new ReleasedSignal.Report(null, null, null, null, null, null, null),
            new ReleasedSignal.Sender(null, null, null),
            new ReleasedSignal.Life(List.of(), List.of(), List.of(), List.of()),
            null,
            new ReleasedSignal.Subject(null, List.of(), null));

    @Test
    void whatever_passed_is_said_in_words_safety_first() {
        Map<String, String> fields = ReleasedFields.of(ALL, Texts.in("nl"), SignalFixture.VOCABULARY);

        assertThat(fields.keySet()).first().isEqualTo("Veiligheid");
        assertThat(fields)
                .hasSize(20)
                .containsEntry("Veiligheid", "met twee (tot 31 dec. 2026)")
                .containsEntry("Adres", "9990 AB 5 a")
                .containsEntry("Bekend bij politie", "ja")
                .containsEntry("Leefgebieden", "Financiën, Huisvesting")
                .containsEntry("Scores", "Financiën 2")
                .containsEntry("Personen", "Fake Huurder, huurder, 1 jan. 1970, 0611111111; kind")
                .containsEntry("Soort volgens de afzender", "Burengerucht, E35")
                .containsEntry("Melder", "Fake Melder, 0600000000")
                .containsEntry("Informele hulp", "Fake Oom")
                .containsEntry("Verhaal", "Fictief verhaal");
    }

    @Test
    void every_field_that_the_api_tells_is_said() {
        List<String> told = new ArrayList<>();
        ReleasedSignalJson.of(ALL).fieldNames().forEachRemaining(told::add);
        told.removeAll(List.of("id", "releaseId", "disclosure", "ground"));
        Texts texts = Texts.in("en");

        assertThat(ReleasedFields.of(ALL, texts, SignalFixture.VOCABULARY).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        told.stream().map(name -> texts.get("field." + name)).toList());
    }

    @Test
    void what_did_not_pass_has_no_line() {
        assertThat(ReleasedFields.of(NOTHING, Texts.in("nl"), SignalFixture.VOCABULARY))
                .isEmpty();
        assertThat(ReleasedSignalJson.of(NOTHING).fieldNames())
                .toIterable()
                .containsExactly("id", "releaseId", "disclosure", "ground");
    }
}
