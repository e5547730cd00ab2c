package nl.wijkhub.app.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.Quarantined.Answer;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.web.http.LineAnswer;
import nl.wijkhub.web.http.ProblemAnswer;
import nl.wijkhub.web.http.ReceiptAnswer;

/**
 * What came of a message that was read, one signal or many lines.
 *
 * @param answer what its sender would have been answered at an HTTP door, without the codes of receipts
 * @param statuses what each signal or line would have been answered alone
 * @param refusal why it is not done yet, as JSON; null when all of it was taken
 * @param failure of a line that failed by our own fault; null when none did
 */
record MessageResult(Answer answer, List<Integer> statuses, String refusal, RuntimeException failure) {
    /** Faults that are told of one message; how many lines were refused is told anyway. */
    private static final int MOST_FAULTS = 100;

    private static final String PROBLEM = "problem";

    /** @param result what the route left: a receipt, outcomes of lines, or lines that were answered already */
    @SuppressWarnings("unchecked")
    static MessageResult of(Object result, Trace trace) {
        if (result instanceof Receipt receipt) {
            int status = ReceiptAnswer.status(receipt);
            String body = ReceiptAnswer.of(receipt.withoutCode()).toString();
            return new MessageResult(new Answer(status, "application/json", body), List.of(status), null, null);
        }
        return result instanceof List<?> outcomes
                ? ofOutcomes((List<LineOutcome>) outcomes, trace)
                : ofLines((String) result, trace);
    }

    private static MessageResult ofOutcomes(List<LineOutcome> outcomes, Trace trace) {
        List<LineOutcome> told = outcomes.stream().map(LineOutcome::withoutCode).toList();
        List<LineOutcome> refused =
                told.stream().filter(outcome -> outcome.receipt() == null).toList();
        RuntimeException failure = refused.stream()
                .map(LineOutcome::failure)
                .filter(one -> !(one instanceof Rejected))
                .findFirst()
                .orElse(null);
        // a line has a fault at least: more lines than faults are not told
        String lines = LineAnswer.of(refused.subList(0, Math.min(MOST_FAULTS, refused.size())), trace);
        return new MessageResult(
                new Answer(200, LineAnswer.MEDIA_TYPE, LineAnswer.of(told, trace)),
                told.isEmpty()
                        ? List.of(200)
                        : told.stream().map(LineAnswer::status).toList(),
                refused.isEmpty() ? null : refusal(refused.size(), told.size(), nodes(lines), trace),
                failure);
    }

    /** Lines of the unit register, each with what became of it. */
    private static MessageResult ofLines(String ndjson, Trace trace) {
        List<JsonNode> lines = nodes(ndjson).toList();
        List<JsonNode> refused =
                lines.stream().filter(line -> line.has(PROBLEM)).toList();
        List<Integer> statuses = lines.stream()
                .map(line -> line.at("/problem/status").asInt(200))
                .toList();
        return new MessageResult(
                new Answer(200, LineAnswer.MEDIA_TYPE, ndjson),
                statuses.isEmpty() ? List.of(200) : statuses,
                refused.isEmpty() ? null : refusal(refused.size(), lines.size(), refused.stream(), trace),
                null);
    }

    private static Stream<JsonNode> nodes(String ndjson) {
        return ndjson.lines().map(line -> Json.readStrictly(line.getBytes(StandardCharsets.UTF_8)));
    }

    private static String refusal(int refused, int all, Stream<JsonNode> lines, Trace trace) {
        ObjectNode why = refusalOf(Rejected.of(Problem.INVALID_INPUT, "", "lines-refused", refused, all), trace);
        ArrayNode told = why.putArray("lines");
        int[] faults = {0};
        lines.takeWhile(line -> faults[0] < MOST_FAULTS).forEach(line -> {
            faults[0] += Math.max(1, line.at("/problem/errors").size());
            told.add(line);
        });
        return why.toString();
    }

    /** Why a message was refused as a whole: the problem, as a door would have answered it. */
    static String refusal(Throwable failure, Trace trace) {
        return refusalOf(failure, trace).toString();
    }

    private static ObjectNode refusalOf(Throwable failure, Trace trace) {
        Throwable told =
                failure instanceof Rejected rejected && rejected.faults().size() > MOST_FAULTS
                        ? new Rejected(rejected.problem(), shortened(rejected.faults()))
                        : failure;
        ObjectNode why = Json.MAPPER.createObjectNode();
        why.set(PROBLEM, ProblemAnswer.of(told, trace));
        return why;
    }

    private static List<Fault> shortened(List<Fault> faults) {
        Fault more = Fault.of("", "more-faults.count", faults.size() - MOST_FAULTS);
        return Stream.concat(faults.stream().limit(MOST_FAULTS), Stream.of(more))
                .toList();
    }
}
