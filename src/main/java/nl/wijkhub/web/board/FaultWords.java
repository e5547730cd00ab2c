package nl.wijkhub.web.board;

import java.util.List;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.FaultTexts;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/** What is wrong with a form, in the language of whoever filled it in. */
public final class FaultWords {
    /** @param where the field, as its form calls it; empty for the whole */
    public record FaultText(String where, String what) {}

    private FaultWords() {}

    static List<FaultText> of(Rejected refused, Texts texts) {
        if (refused.faults().isEmpty()) {
            String why = refused.problem() == Problem.STALE_VERSION ? "refused.stale" : "refused.why";
            return List.of(new FaultText("", texts.get(why)));
        }
        FaultTexts sentences = texts.language().equals("en") ? FaultTexts.ENGLISH : FaultTexts.DUTCH;
        return refused.faults().stream()
                .map(fault -> new FaultText(where(fault, texts), sentences.onScreen(fault)))
                .toList();
    }

    /** The last step of the pointer that has a name on a form: of {@code /scores/financien} that is the life domain. */
    private static String where(Fault fault, Texts texts) {
        String[] steps = fault.pointer().split("/");
        for (int i = steps.length - 1; i > 0; i--) {
            String key = "form." + steps[i];
            if (texts.has(key)) {
                return texts.get(key);
            }
        }
        return steps.length < 2 ? "" : texts.code("domain", steps[steps.length - 1]);
    }
}
