package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.AreaRollups;
import nl.wijkhub.plan.Quarter;
import nl.wijkhub.plan.RollupPolicy;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * Counts the households of an area in a quarter by kind, as JSON: for a door and for a page of the board. Anybody in a
 * team and the privacy officer may ask.
 */
public final class AreaCounts {
    private final AreaRollups rollups;
    private final Neighbourhoods neighbourhoods;
    private final Teams teams;
    private final Clock clock;

    public AreaCounts(AreaRollups rollups, Neighbourhoods neighbourhoods, Teams teams, Clock clock) {
        this.rollups = rollups;
        this.neighbourhoods = neighbourhoods;
        this.teams = teams;
        this.clock = clock;
    }

    /** Rejects: who is in no team, and an area that is not known. */
    public void mayCount(Caller caller, String code) {
        if (caller.pairs(teams).isEmpty() && !caller.is(Role.PRIVACY_OFFICER, teams)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        if (neighbourhoods.in(code).isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }

    /** Empty while the quarter is not published. Rejects like {@link #mayCount}. */
    public Optional<ObjectNode> of(Caller caller, String code, Quarter quarter) {
        mayCount(caller, code);
        List<String> areas = neighbourhoods.withParts(code);
        return rollups.of(quarter, areas).map(told -> {
            ObjectNode body = told(code, told.get(code));
            body.put("period", quarter.toString());
            body.put("k", RollupPolicy.K);
            ArrayNode parts = body.putArray("parts");
            areas.stream().filter(area -> !area.equals(code)).forEach(area -> parts.add(told(area, told.get(area))));
            return body;
        });
    }

    /** The quarters that are over, the last first. */
    public List<Quarter> lastQuarters(int count) {
        return Stream.iterate(Quarter.at(clock.instant()).before(), Quarter::before)
                .limit(count)
                .toList();
    }

    /** What is told, and whether anything is left out: never which of it was small. */
    private ObjectNode told(String area, AreaRollups.PublishedCounts told) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("code", area);
        node.put("name", neighbourhoods.nameOf(area));
        ArrayNode cells = node.putArray("households");
        told.households()
                .forEach((categoryClass, households) ->
                        cells.addObject().put("class", categoryClass).put("count", households));
        node.put("suppressed", told.isSuppressed());
        if (told.isSuppressed()) {
            node.put(
                    "reason",
                    "Achter wat hier ontbreekt, of achter een gebied of soort ernaast, staan minder dan tien"
                            + " huishoudens.");
            node.put("whatToDo", "Vraag een groter gebied (de wijk of de gemeente) of een ander kwartaal.");
        }
        return node;
    }
}
