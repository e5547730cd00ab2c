package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import org.junit.jupiter.api.Test;

class FaultWordsTest {
    private static FaultWords.FaultText told(String language, String pointer, String code, String detail) {
        Rejected refused = new Rejected(Problem.INVALID_INPUT, List.of(new Fault(pointer, code, detail)));
        return FaultWords.of(refused, Texts.in(language)).get(0);
    }

    @Test
    void english_has_the_bounds_the_dutch_words_have() {
        assertThat(told("en", "/reason", "too-short", "Hier zijn ten minste 10 tekens nodig."))
                .isEqualTo(new FaultWords.FaultText("Reason", "At least 10 characters are needed here.", "en"));
        assertThat(told("en", "/since", "out-of-range", "Kies een jaar van 2000 tot 2100.")
                        .what())
                .isEqualTo("Choose from 2000 to 2100.");
    }

    @Test
    void other_bounds_than_its_own_are_not_made_up() {
        assertThat(told("en", "/since", "out-of-range", "Kijk hier hoogstens 92 dagen terug.")
                        .what())
                .isEqualTo("This is outside what is possible here.");
        assertThat(told("en", "/dueOn", "wrong-form", "Een dag als 2026-01-31 is nodig.")
                        .what())
                .doesNotContain("{");
    }

    @Test
    void a_fault_without_english_words_is_told_in_dutch_and_says_so() {
        assertThat(told("en", "/x", "never-heard-of", "Fictief."))
                .isEqualTo(new FaultWords.FaultText("x", "Fictief.", "nl"));
    }

    @Test
    void dutch_is_told_as_it_is_unless_it_names_a_door() {
        assertThat(told("nl", "/reason", "too-short", "Hier zijn ten minste 10 tekens nodig.")
                        .what())
                .isEqualTo("Hier zijn ten minste 10 tekens nodig.");
        assertThat(told("nl", "", "plan-closed", "Heropen het met _wake.").what())
                .doesNotContain("_wake");
    }

    @Test
    void where_it_is_stands_in_the_words_of_the_form() {
        assertThat(told("en", "/coordinator/reviewOn", "missing", "Nodig.").where())
                .isEqualTo("Look again on");
        assertThat(told("en", "/agreements/0000", "agreement-open", "Open.").where())
                .isEqualTo("Agreement");
        assertThat(told("nl", "", "not-now", "Nu niet.").where()).isEmpty();
    }
}
