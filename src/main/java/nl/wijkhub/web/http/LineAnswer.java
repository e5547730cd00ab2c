package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.LineOutcome;

/** What became of many signals, as NDJSON: a line for each, in order, with its id or its problem. */
public final class LineAnswer {
    public static final String MEDIA_TYPE = "application/x-ndjson";

    /** Faults in one answer, which has to fit in memory: beyond it a line still says that it was refused, and as what. */
    private static final int MOST_FAULTS = 20_000;

    private LineAnswer() {}

    public static String of(List<LineOutcome> outcomes, Trace trace) {
        StringBuilder answer = new StringBuilder();
        int faults = 0;
        for (LineOutcome outcome : outcomes) {
            ObjectNode line = Json.MAPPER.createObjectNode().put("line", outcome.number());
            if (outcome.receipt() != null) {
                line.setAll(ReceiptAnswer.of(outcome.receipt()));
            } else {
                line.set("problem", ProblemAnswer.of(shortened(outcome.failure(), faults), trace));
                faults += ProblemAnswer.faultsOf(outcome.failure()).size();
            }
            answer.append(line).append('\n');
        }
        return answer.toString();
    }

    private static RuntimeException shortened(RuntimeException failure, int faultsBefore) {
        return faultsBefore < MOST_FAULTS || !(failure instanceof Rejected rejected)
                ? failure
                : Rejected.of(rejected.problem(), "", "more-faults.request");
    }

    /** The status that this line would have had alone. */
    public static int status(LineOutcome outcome) {
        if (outcome.receipt() == null) {
            Problem problem = ProblemAnswer.problemOf(outcome.failure());
            return problem.status();
        }
        return ReceiptAnswer.status(outcome.receipt());
    }
}
