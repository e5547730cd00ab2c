package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why something was shared or withheld: all of it for the privacy officer, to its recipient what it has anyway. */
class ExplanationsTest {
    private static final String HOME = "{\"household\":{\"address\":{\"postalCode\":\"9990 AB\",\"houseNumber\":12}}}";
    private static final Recipient SEAT = new Recipient("vb-noord", Discipline.MUNICIPALITY);
    private static final Recipient CARE = new Recipient("vb-noord", Discipline.CARE);

    private TestStages stages;
    private Explanations explanations;
    private DecidedSignal decided;

    @BeforeEach
    void one_signal() {
        TestDatabase.empty();
        stages = new TestStages();
        explanations = stages.parts.sharing().explanations;
        decided = stages.send("corporatie-demo", "nuisance.noise", HOME);
    }

    @Test
    void its_recipient_reads_what_passed_and_on_what_ground_and_anybody_else_nothing() {
        Release release = to(SEAT);

        Explanation.Received received =
                explanations.received(release.id(), List.of(CARE, SEAT)).orElseThrow();
        assertThat(received.fields()).isEqualTo(release.decision().fields());
        assertThat(received.textNl()).startsWith("U ontving dit op deze grondslag: ");
        assertThat(explanations.received(release.id(), List.of(CARE))).isEmpty();
        assertThat(explanations.received(Identifier.next(), List.of(SEAT))).isEmpty();
    }

    @Test
    void what_was_withheld_is_explained_to_the_privacy_officer_alone() {
        Release withheld = to(CARE);

        assertThat(explanations.received(withheld.id(), List.of(CARE))).isEmpty();
        Explanation whole = explanations.whole(withheld.id()).orElseThrow();
        assertThat(whole.release()).isEqualTo(withheld);
        assertThat(whole.textNl())
                .startsWith("Niet gedeeld met Zorg Voorbeeldstad (vb-noord.care). Regel ")
                .contains(" Grondslag: Geen grondslag: niets wordt gedeeld. ");
    }

    @Test
    void what_was_recalled_is_its_recipient_s_no_more() {
        Release release = to(SEAT);
        stages.releases.recall(List.of(release), "fake-reason", stages.clock.instant());

        assertThat(explanations.received(release.id(), List.of(SEAT))).isEmpty();
        Explanation whole = explanations.whole(release.id()).orElseThrow();
        assertThat(whole.recalled()).isEqualTo("fake-reason");
        assertThat(whole.textNl())
                .startsWith("Gedeeld met Gemeente Voorbeeldstad (vb-noord.municipality) als ")
                .endsWith(" Later ingetrokken: fake-reason.");
    }

    private Release to(Recipient recipient) {
        return stages.releases.ofSignal(decided.signalId()).stream()
                .filter(release -> release.recipient().equals(recipient))
                .findFirst()
                .orElseThrow();
    }
}
