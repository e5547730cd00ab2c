package nl.wijkhub.partner.housing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import nl.wijkhub.household.UnitStore;
import nl.wijkhub.household.UnitStore.Put;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.FaultTexts;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Utf8;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.AddressInAreas;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.PutOutcome;

/**
 * The unit register of a corporation: where its own unit ids lie, within its areas and no more than it declared.
 * In: one unit, or many as NDJSON with an {@code id} on each line. Out: what became of each.
 */
public final class UnitRegister {
    private static final int LONGEST_ID = 128;

    /** Lines in one request: its answer, a problem for every line at worst, has to fit in memory. */
    private static final int MOST_LINES = 2_000;

    private final UnitStore units;
    private final UnitMapper mapper;

    public UnitRegister(UnitStore units, AddressInAreas areas, Clock clock) {
        this.units = units;
        this.mapper = new UnitMapper(areas, clock);
    }

    public PutOutcome put(Partner partner, String id, JsonNode unit) {
        return put(partner, id, unit, null) == Put.CREATED ? PutOutcome.CREATED : PutOutcome.UPDATED;
    }

    private Put put(Partner partner, String id, JsonNode unit, Instant cameAt) {
        Put put = units.put(partner.id(), id, read(partner, id, unit), partner.dwellings(), cameAt);
        if (put == Put.FULL) {
            throw Rejected.of(Problem.INVALID_INPUT, "", "too-many.registered-units", partner.dwellings());
        }
        return put;
    }

    /** Takes out a unit, such as one that was sold. Rejects: one that does not stand in it. */
    public PutOutcome remove(Partner partner, String id) {
        if (!units.remove(partner.id(), id)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return PutOutcome.REMOVED;
    }

    private Address read(Partner partner, String id, JsonNode unit) {
        if (unit.has("id") && !unit.get("id").asText().equals(id)) {
            throw Rejected.of(Problem.INVALID_INPUT, "/id", "other-id.path");
        }
        if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
            throw Rejected.of(Problem.INVALID_INPUT, "/id", "wrong-form.unit-reference");
        }
        return mapper.map(partner, unit);
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
            return answer.put("status", put(partner, id, unit, cameAt).code());
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
