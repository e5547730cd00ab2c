package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.web.board.FaultWords.FaultText;
import org.junit.jupiter.api.Test;

class FaultWordsTest {
    private static FaultText told(String language, String pointer, String key, Object... arguments) {
        Rejected refused = Rejected.of(Problem.INVALID_INPUT, pointer, key, arguments);
        return FaultWords.of(refused, Texts.in(language)).get(0);
    }

    @Test
    void a_fault_is_told_in_the_language_of_the_page_with_the_same_bounds() {
        assertThat(told("en", "/reason", "too-short", 10))
                .isEqualTo(new FaultText("Reason", "At least 10 characters are needed here."));
        assertThat(told("nl", "/reason", "too-short", 10).what()).isEqualTo("Hier zijn ten minste 10 tekens nodig.");
        assertThat(told("en", "/since", "out-of-range.look-back", 92).what())
                .isEqualTo("Look back 92 days at most here.");
        assertThat(told("en", "/owner", "load-limit", 3).what()).contains("3 agreements");
    }

    @Test
    void no_screen_names_a_door_of_the_api_for_a_plan_that_is_closed_or_sleeps() {
        for (String key : List.of("plan-closed", "plan-closed.split", "plan-closed.target", "plan-dormant")) {
            assertThat(told("nl", "", key).what()).as(key).doesNotContain("_wake");
            assertThat(told("en", "", key).what()).as(key).doesNotContain("_wake");
        }
    }

    @Test
    void where_it_is_stands_in_the_words_of_the_form() {
        assertThat(told("en", "/coordinator/reviewOn", "missing").where()).isEqualTo("Look again on");
        assertThat(told("en", "/agreements/0000", "agreement-open").where()).isEqualTo("Agreement");
        assertThat(told("nl", "", "not-now").where()).isEmpty();
    }

    @Test
    void what_is_refused_without_a_fault_says_why_all_the_same() {
        assertThat(FaultWords.of(new Rejected(Problem.STALE_VERSION), Texts.in("en")))
                .containsExactly(new FaultText("", Texts.in("en").get("refused.stale")));
    }
}
