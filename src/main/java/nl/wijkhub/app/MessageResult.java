package nl.wijkhub.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.Quarantined.Answer;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.web.LineAnswer;
import nl.wijkhub.web.ProblemAnswer;
import nl.wijkhub.web.ReceiptAnswer;

/**
 * What came of a message that was read, one signal or many lines.
 *
 * @param answer what its sender would have been answered at an HTTP door
 * @param statuses what each signal or line would have been answered alone
 * @param refusal why it is not done yet, as JSON; null when all of it was taken
 */
record MessageResult(Answer answer, List<Integer> statuses, String refusal) {
    /** Lines that are told with their problem; how many there are is told anyway. */
    private static final int MOST_LINES = 100;

    /** @param result what the route left: a receipt, outcomes of lines, or lines that were answered already */
    @SuppressWarnings("unchecked")
    static MessageResult of(Object result, Trace trace) {
        if (result instanceof Receipt receipt) {
            int status = ReceiptAnswer.status(receipt);
            String body = ReceiptAnswer.of(receipt).toString();
            return new MessageResult(new Answer(status, "application/json", body), List.of(status), null);
        }
        String lines = result instanceof List<?> outcomes
                ? LineAnswer.of((List<LineOutcome>) outcomes, trace)
                : (String) result;
        return ofLines(lines, trace);
    }

    private static MessageResult ofLines(String ndjson, Trace trace) {
        List<Integer> statuses = new ArrayList<>();
        ArrayNode refused = Json.MAPPER.createArrayNode();
        int refusals = 0;
        for (String line : ndjson.lines().toList()) {
            JsonNode told = Json.readStrictly(line.getBytes(StandardCharsets.UTF_8));
            boolean isRefused = told.has("problem");
            statuses.add(isRefused ? told.at("/problem/status").asInt() : 200);
            refusals += isRefused ? 1 : 0;
            if (isRefused && refused.size() < MOST_LINES) {
                refused.add(told);
            }
        }
        String refusal = null;
        if (refusals > 0) {
            ObjectNode why = Json.MAPPER.createObjectNode();
            why.set("problem", ProblemAnswer.of(linesRefused(refusals, statuses.size()), trace));
            why.set("lines", refused);
            refusal = why.toString();
        }
        return new MessageResult(
                new Answer(200, LineAnswer.MEDIA_TYPE, ndjson), statuses.isEmpty() ? List.of(200) : statuses, refusal);
    }

    private static Rejected linesRefused(int refusals, int lines) {
        return Rejected.of(
                Problem.INVALID_INPUT,
                "",
                "lines-refused",
                "Geweigerd: %d van %d regels. De andere zijn aangenomen.".formatted(refusals, lines));
    }

    /** Why a message was refused as a whole: the problem, as a door would have answered it. */
    static String refusal(Throwable failure, Trace trace) {
        ObjectNode why = Json.MAPPER.createObjectNode();
        why.set("problem", ProblemAnswer.of(failure, trace));
        return why.toString();
    }
}
