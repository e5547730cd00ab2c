package nl.wijkhub.casework;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.AreaRollups;
import nl.wijkhub.plan.AreaRollups.PublishedCounts;
import nl.wijkhub.plan.Quarter;
import nl.wijkhub.plan.RollupPolicy;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * Counts the households of an area in a quarter by kind. Anybody in a team and the privacy officer may ask.
 */
public final class AreaCounts {
    /** Why something is left out: never which of it was small. */
    public static final String SUPPRESSED_NL =
            "Achter wat hier ontbreekt, of achter een gebied of soort ernaast, staan minder dan tien huishoudens.";

    public static final String ASK_INSTEAD_NL =
            "Vraag een groter gebied (de wijk of de gemeente) of een ander kwartaal.";

    /**
     * What is told of an area in a quarter.
     *
     * @param k fewer households than this are not told
     * @param parts the areas right below it
     */
    public record Counted(AreaCount area, Quarter period, int k, List<AreaCount> parts) {}

    /**
     * What is told of one area.
     *
     * @param name null for a wijk or gemeente
     * @param households class, or {@link RollupPolicy#TOTAL} → distinct households
     * @param isSuppressed something of it is left out
     */
    public record AreaCount(String code, String name, SortedMap<String, Integer> households, boolean isSuppressed) {}

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
    public void mayCount(Actor viewer, String code) {
        boolean isPrivacyOfficer = teams.member(viewer.user())
                .filter(member -> member.is(Role.PRIVACY_OFFICER))
                .isPresent();
        if (viewer.pairs().isEmpty() && !isPrivacyOfficer) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        if (neighbourhoods.in(code).isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }

    /** Empty while the quarter is not published. Rejects like {@link #mayCount}. */
    public Optional<Counted> of(Actor viewer, String code, Quarter quarter) {
        mayCount(viewer, code);
        List<String> areas = neighbourhoods.withParts(code);
        return rollups.of(quarter, areas)
                .map(told -> new Counted(
                        count(code, told),
                        quarter,
                        RollupPolicy.K,
                        areas.stream()
                                .filter(area -> !area.equals(code))
                                .map(area -> count(area, told))
                                .toList()));
    }

    private AreaCount count(String area, Map<String, PublishedCounts> told) {
        PublishedCounts own = told.get(area);
        return new AreaCount(area, neighbourhoods.nameOf(area), own.households(), own.isSuppressed());
    }

    /** The quarters that are over, the last first. */
    public List<Quarter> lastQuarters(int count) {
        return Stream.iterate(Quarter.at(clock.instant()).before(), Quarter::before)
                .limit(count)
                .toList();
    }
}
