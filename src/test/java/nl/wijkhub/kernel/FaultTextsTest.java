package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultTextsTest {
    @Test
    void a_number_is_written_as_digits_alone_in_either_language() {
        Fault fault = Fault.of("", "too-many-values.elements", 20_000);

        assertThat(FaultTexts.DUTCH.of(fault)).isEqualTo("Een bericht heeft hooguit 20000 elementen.");
        assertThat(FaultTexts.ENGLISH.of(fault)).isEqualTo("A message has at most 20000 elements.");
    }

    @Test
    void the_items_of_a_list_stand_beside_each_other_as_the_sentence_says() {
        List<String> items = List.of("a/b", "$1");

        assertThat(FaultTexts.DUTCH.of(Fault.of("", "media-type", items)))
                .isEqualTo("Deze deur neemt a/b of $1, in UTF-8.");
        assertThat(FaultTexts.ENGLISH.of(Fault.of("", "media-type", items)))
                .isEqualTo("This door takes a/b or $1, in UTF-8.");
        assertThat(FaultTexts.DUTCH.of(Fault.of("", "missing.one-of", items))).isEqualTo("Een van [a/b, $1].");
    }

    @Test
    void an_apostrophe_is_an_apostrophe() {
        assertThat(FaultTexts.DUTCH.of(Fault.of("", "too-many.filters")))
                .isEqualTo("Zet alle waarden van een filter bij elkaar, met komma's.");
    }

    @Test
    void a_caller_is_told_the_code_and_never_which_of_its_sentences() {
        assertThat(Fault.of("/x", "wrong-form.day").code()).isEqualTo("wrong-form");
        assertThat(Fault.of("/x", "wrong-form").code()).isEqualTo("wrong-form");
        assertThat(Fault.of("/x", "wrong-form.day").movedTo("/y")).isEqualTo(Fault.of("/y", "wrong-form.day"));
    }

    @Test
    void only_numbers_days_and_codes_are_arguments() {
        assertThatThrownBy(() -> Fault.of("/x", "load-limit", Optional.of(3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.of("/x", "media-type", List.of(Optional.of(3))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
