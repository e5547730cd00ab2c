package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.TestStages;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.board.ToAnswerPage.Held;
import nl.wijkhub.web.board.ToAnswerPage.ToAnswerView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An address that two corporations say they let, as the page of what is asked shows it. */
class AskedTemplateTest {
    private static final UUID ID = UUID.fromString("0190c9a0-0000-7000-8000-00000000000d");
    private static final Instant SINCE = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource({"nl, Bevestigen, bevestigd: Woonstichting Twee", "en, Confirm, confirmed: Woonstichting Twee"})
    void it_has_a_form_to_confirm_one_of_them_and_says_which_one_counts(String language, String act, String told) {
        String waiting = page(language, List.of(held(null)));
        String confirmed = page(language, List.of(held("Woonstichting Twee")));

        assertThat(waiting)
                .contains("9990 AB 12", "action=\"/board/unit-conflicts/" + ID + "/confirm\"", act)
                .contains("<option value=\"corporatie-demo\">Woonstichting Demo</option>")
                .contains("<option value=\"corporatie-twee\">Woonstichting Twee</option>")
                .doesNotContain(told);
        assertThat(confirmed).contains(told, act);
    }

    @Test
    void who_is_asked_nothing_of_it_does_not_hear_that_it_exists() {
        assertThat(page("nl", List.of())).doesNotContain("eenhedenregisters", "unit-conflicts");
    }

    private static Held held(String confirmed) {
        Map<String, String> partners = new LinkedHashMap<>();
        partners.put("corporatie-demo", "Woonstichting Demo");
        partners.put("corporatie-twee", "Woonstichting Twee");
        return new Held(ID, "9990 AB 12", partners, SINCE, confirmed);
    }

    private static String page(String language, List<Held> held) {
        Texts texts = Texts.in(language);
        Teams teams = TestStages.CONFIG.teams();
        Frame frame = new Frame(
                texts, teams, teams.member("medewerker-demo").orElseThrow(), "fake-csrf", null, "/board/asked");
        StringOutput page = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html)
                .render(
                        "asked.jte",
                        Map.of(
                                "frame",
                                frame,
                                "texts",
                                texts,
                                "view",
                                new ToAnswerView(List.of(), false, List.of(), List.of(), held, List.of())),
                        page);
        return page.toString();
    }
}
