package nl.wijkhub.web.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * Who is behind a request, as its access token says.
 *
 * @param clientId the client of the token: a partner, or a team's own system
 * @param user the user behind it; null for a system
 */
public record Caller(String clientId, String user, Trace trace) {

    /** As Vert.x carries it along a request. */
    User asUser() {
        JsonObject principal = new JsonObject()
                .put("client_id", clientId)
                .put("user", user)
                .put("trace_id", trace.traceId())
                .put("span_id", trace.spanId());
        return User.create(principal);
    }

    /** The caller of a request whose token was checked. */
    public static Caller of(Object vertxUser) {
        if (!(vertxUser instanceof User user) || !user.principal().containsKey("trace_id")) {
            throw new Rejected(Problem.NOT_AUTHENTICATED);
        }
        JsonObject principal = user.principal();
        return new Caller(
                principal.getString("client_id"),
                principal.getString("user"),
                new Trace(principal.getString("trace_id"), principal.getString("span_id")));
    }

    /** The caller of a request that is for the privacy officer alone. */
    public static Caller privacyOfficer(RoutingContext ctx, Teams teams) {
        Caller caller = of(ctx.user());
        if (!caller.is(Role.PRIVACY_OFFICER, teams)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return caller;
    }

    /** The person behind a request; a system is refused. */
    public static Actor person(RoutingContext ctx, Teams teams) {
        Caller caller = of(ctx.user());
        if (caller.user() == null) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return caller.actor(teams);
    }

    /** As it works where only people may: a system has no user. */
    public Actor worker(Teams teams) {
        return new Actor(user, pairs(teams), trace);
    }

    /** As it looks at plans, or works on them; a system under its client id. */
    public Actor actor(Teams teams) {
        return new Actor(who(), pairs(teams), trace);
    }

    /** As it looks at steps up the ladder: a care provider's own system as that partner. */
    public Escalations.Actor escalationActor(Partners partners, Teams teams) {
        Partner partner = user != null
                ? null
                : partners.find(clientId)
                        .filter(one -> one.discipline() == Discipline.CARE)
                        .orElse(null);
        return new Escalations.Actor(who(), pairs(teams), partner, trace);
    }

    public boolean is(Role role, Teams teams) {
        return teams.member(user).filter(member -> member.is(role)).isPresent();
    }

    /** Whose affairs this caller sees: a partner its own; null for the administrator, who sees everybody's. */
    public String partnerOrAdministrator(Partners partners, Teams teams) {
        if (is(Role.ADMINISTRATOR, teams)) {
            return null;
        }
        if (user != null || partners.find(clientId).isEmpty()) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return clientId;
    }

    /** The pairs this caller looks as: of a user in every team it sits in, of a team's own system one. */
    public List<Recipient> pairs(Teams teams) {
        List<Recipient> pairs = new ArrayList<>();
        teams.member(user).filter(member -> member.discipline() != null).ifPresent(member -> member.teams()
                .forEach(team -> pairs.add(member.in(team))));
        if (user == null) {
            teams.system(clientId).ifPresent(pairs::add);
        }
        return pairs;
    }

    /**
     * The care seats this caller answers for, by team: as a professional who sits there, or as the system of a provider
     * that the team consults. Rejects with not-found when there is none: nobody asks it anything.
     */
    public Map<String, Recipient> careSeats(Teams teams) {
        Map<String, Recipient> seats = new HashMap<>();
        pairs(teams).stream()
                .filter(pair -> pair.discipline() == Discipline.CARE)
                .forEach(pair -> seats.put(pair.teamId(), pair));
        if (user == null) {
            teams.consulting(clientId).forEach(team -> seats.put(team, teams.careSeatOf(clientId, team)));
        }
        if (seats.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return seats;
    }

    /** The pair this caller looks as in one team. Rejects with not-found when it has no place there. */
    public Recipient in(Teams teams, String teamId) {
        Optional<Recipient> pair = user != null
                ? teams.member(user).filter(m -> m.sitsIn(teamId)).map(m -> m.in(teamId))
                : teams.system(clientId).filter(r -> r.teamId().equals(teamId));
        return pair.orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** Who it is, for a log: the user, or the system. */
    public String who() {
        return user == null ? clientId : user;
    }
}
