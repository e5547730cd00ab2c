package nl.wijkhub.casework;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.AgendaItem;
import nl.wijkhub.plan.AgendaState;
import nl.wijkhub.plan.AreaAgenda;
import nl.wijkhub.plan.AreaCode;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.Teams;

/**
 * The agenda of a buurt, wijk or gemeente as one viewer sees it, and what people of the coordinator's seat do with its
 * items. To whom no team is drawn for the area there is no agenda, as there is none of an area that is not known.
 */
public final class AgendaWork {
    /**
     * The agenda as one viewer sees it.
     *
     * @param isOfSeat whether the viewer sits at the coordinator's seat; to anybody else no item has steps
     */
    public record AgendaView(String code, List<AgendaItem> items, boolean isOfSeat) {}

    private final Database database;
    private final AreaAgenda agenda;
    private final Neighbourhoods neighbourhoods;
    private final Teams teams;

    public AgendaWork(Database database, AreaAgenda agenda, Neighbourhoods neighbourhoods, Teams teams) {
        this.database = database;
        this.agenda = agenda;
        this.neighbourhoods = neighbourhoods;
        this.teams = teams;
    }

    /** Whether a team of the viewer is drawn for the area. */
    public boolean mayLook(Actor viewer, String code) {
        return neighbourhoods.in(code).stream()
                .anyMatch(buurt -> viewer.pairs().stream().anyMatch(drawnFor(buurt)::contains));
    }

    /** Rejects: who may not look, and who looks but has no place at the coordinator's seat. */
    public void mayWork(Actor viewer, String code) {
        scopeOfWork(viewer, code);
    }

    /** Rejects: who may not look. */
    public AgendaView see(Actor viewer, String code) {
        boolean isOfSeat = isOfSeat(viewer);
        List<AgendaItem> items = agenda.see(scope(viewer, code), viewer.pairs());
        return new AgendaView(
                code,
                isOfSeat ? items : items.stream().map(AgendaItem::withoutSteps).toList(),
                isOfSeat);
    }

    /**
     * Moves an item on, as {@link AreaAgenda#move}; returns it as it is then. Rejects like {@link #mayWork}.
     *
     * @param reason null for none
     */
    public AgendaItem move(Actor worker, String code, UUID id, AgendaState to, String reason) {
        return work(worker, code, id, scope -> agenda.move(id, scope, worker.pairs(), to, worker.user(), reason));
    }

    /** Says that an item is the same as another one, as {@link AreaAgenda#link}. Rejects like {@link #mayWork}. */
    public AgendaItem link(Actor worker, String code, UUID id, UUID other, String reason) {
        return work(worker, code, id, scope -> agenda.link(id, other, scope, worker.pairs(), worker.user(), reason));
    }

    /** Undoes a link, as {@link AreaAgenda#unlink}. Rejects like {@link #mayWork}. */
    public AgendaItem unlink(Actor worker, String code, UUID id, String reason) {
        return work(worker, code, id, scope -> agenda.unlink(id, scope, worker.pairs(), worker.user(), reason));
    }

    private AgendaItem work(Actor worker, String code, UUID id, Consumer<AreaAgenda.Scope> step) {
        AreaAgenda.Scope scope = scopeOfWork(worker, code);
        return database
                .inTransaction(() -> {
                    step.accept(scope);
                    return agenda.see(scope, worker.pairs());
                })
                .stream()
                .flatMap(item -> Stream.concat(Stream.of(item), item.linked().stream()))
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private static boolean isOfSeat(Actor viewer) {
        return viewer.pairs().stream().anyMatch(pair -> pair.discipline() == Discipline.MUNICIPALITY);
    }

    private AreaAgenda.Scope scope(Actor viewer, String code) {
        if (!mayLook(viewer, code)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return new AreaAgenda.Scope(code, teamsWithin(code, viewer));
    }

    private AreaAgenda.Scope scopeOfWork(Actor worker, String code) {
        AreaAgenda.Scope scope = scope(worker, code);
        if (worker.user() == null || !isOfSeat(worker)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return scope;
    }

    private List<Recipient> drawnFor(String buurt) {
        return teams.of(new CaseSignal.Subject(null, new CaseSignal.Neighbourhood(buurt, null)));
    }

    /**
     * The teams of which the whole area lies in that of a code: whatever place they are drawn for lies in it too. A
     * team that is drawn for no area gets what no area covers: that is somewhere in the gemeente.
     */
    private Set<String> teamsWithin(String code, Actor viewer) {
        Set<String> within = new HashSet<>();
        for (Recipient pair : viewer.pairs()) {
            List<String> own = neighbourhoods.buurten().stream()
                    .filter(buurt -> drawnFor(buurt).contains(pair))
                    .toList();
            boolean isWithin =
                    own.isEmpty() ? code.startsWith("GM") : own.stream().allMatch(buurt -> AreaCode.holds(code, buurt));
            if (isWithin) {
                within.add(pair.teamId());
            }
        }
        return within;
    }
}
