package nl.wijkhub.partner.housing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.FaultTexts;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Utf8;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.PutOutcome;

/**
 * The unit register of a corporation: where its own unit ids lie.
 * In: one unit, or many as NDJSON with an {@code id} on each line. Out: what became of each.
 */
public final class UnitRegister {
    private static final int LONGEST_ID = 128;

    /** Lines in one request: its answer, a problem for every line at worst, has to fit in memory. */
    private static final int MOST_LINES = 2_000;

    private final UnitStore units;
    private final UnitMapper mapper;

    public UnitRegister(UnitStore units, Clock clock) {
        this.units = units;
        this.mapper = new UnitMapper(clock);
    }

    public PutOutcome put(Partner partner, String id, JsonNode unit) {
        return new PutOutcome(units.put(partner.id(), id, read(id, unit)));
    }

    private Address read(String id, JsonNode unit) {
        if (unit.has("id") && !unit.get("id").asText().equals(id)) {
            throw Rejected.of(Problem.INVALID_INPUT, "/id", "other-id.path");
        }
        if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
            throw Rejected.of(Problem.INVALID_INPUT, "/id", "wrong-form.unit-reference");
        }
        return mapper.map(unit);
    }

    /**
     * Each line by itself: a bad line is told at its number, the good ones are stored. Rejects: more lines than that, and
     * bytes that are no UTF-8, because then nobody knows where a line ends.
     *
     * @param cameAt when it came, where that is not now: what was put since then stays; null for now
     */
    public String putAll(Partner partner, byte[] ndjson, Instant cameAt) {
        StringBuilder answer = new StringBuilder();
        List<String> lines =
                Utf8.readStrictly(ndjson).lines().limit(MOST_LINES + 1L).toList();
        if (lines.size() > MOST_LINES) {
            throw Rejected.of(Problem.TOO_LARGE, "", "too-many-lines.units", MOST_LINES);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                answer.append(Json.write(line(partner, i + 1, lines.get(i), cameAt)))
                        .append('\n');
            }
        }
        return answer.toString();
    }

    private ObjectNode line(Partner partner, int number, String text, Instant cameAt) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("line", number);
        try {
            JsonNode unit = Json.readStrictly(text.getBytes(StandardCharsets.UTF_8));
            String id = unit.path("id").asText(null);
            String status = units.put(partner.id(), id, read(id, unit), cameAt)
                    .map(created -> created ? "created" : "updated")
                    .orElse("newer-stands");
            return answer.put("status", status);
        } catch (Rejected e) {
            ObjectNode problem = answer.putObject("problem");
            problem.put("type", e.problem().type())
                    .put("title", e.problem().title())
                    .put("status", e.problem().status())
                    .put("detail", e.problem().advice());
            var errors = problem.putArray("errors");
            for (Fault fault : e.faults()) {
                errors.addObject()
                        .put("pointer", fault.pointer())
                        .put("code", fault.code())
                        .put("detail", FaultTexts.DUTCH.of(fault));
            }
            return answer;
        }
    }
}
