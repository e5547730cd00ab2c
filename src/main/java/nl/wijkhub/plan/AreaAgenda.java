package nl.wijkhub.plan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.AgendaItem.AgendaEvent;
import nl.wijkhub.plan.AgendaPolicy.Raised;
import nl.wijkhub.plan.AgendaPolicy.Subject;
import nl.wijkhub.plan.AreaAgendaStore.Held;
import nl.wijkhub.plan.AreaAgendaStore.Linked;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.signal.CaseSignal;

/**
 * The agenda of a neighbourhood: what signals about an area bring up, how far each subject is, and which of them are
 * the same. Signals are linked to an item and never erased. Stage 50 adds to it; people move it on. Everything runs in
 * the caller's transaction; an item that is not there, or of which the caller may see no signal, is not found.
 */
public final class AreaAgenda {
    private static final Duration LISTED = Duration.ofDays(366);
    private static final String LINKED = "linked";
    private static final String UNLINKED = "unlinked";

    /**
     * What part of the agenda somebody looks at.
     *
     * @param code a BU code, or the WK or GM code of everything below it
     * @param teams whose places in words stand in it: a place without a code lies somewhere in the area of its team
     */
    public record Scope(String code, Set<String> teams) {
        boolean holds(String area) {
            return AreaCode.holds(code, area) || teams.contains(area);
        }
    }

    private record Brought(Subject subject, String place, UUID signalId, List<AgendaSeen> seen) {}

    private final AreaAgendaStore agenda;
    private final AgendaStepStore steps;
    private final AgendaFeedback feedback;
    private final Vault vault;
    private final Clock clock;

    public AreaAgenda(
            AreaAgendaStore agenda, AgendaStepStore steps, AgendaFeedback feedback, Vault vault, Clock clock) {
        this.agenda = agenda;
        this.steps = steps;
        this.feedback = feedback;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * Puts each signal about an area that somebody may see on the agenda: with the open item of its area and category,
     * or in a new one. In: decided signals; what is about a household, or released to nobody, is left alone.
     */
    public void attach(List<DecidedSignal> batch) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Brought> brought = new ArrayList<>();
        batch.forEach(decided -> brought.addAll(brought(decided, now)));
        if (brought.isEmpty()) {
            return;
        }
        Map<Subject, String> places = new LinkedHashMap<>();
        brought.forEach(one -> places.putIfAbsent(one.subject(), one.place()));
        Map<Subject, UUID> open = agenda.open(places, now);
        agenda.link(brought.stream()
                .flatMap(one ->
                        one.seen().stream().map(seen -> new Linked(open.get(one.subject()), one.signalId(), seen)))
                .toList());
    }

    /** What was recalled counts for nobody any more. */
    public void takeBack(List<Release> recalled) {
        agenda.takeBack(recalled.stream()
                .filter(release -> release.householdId() == null && release.signalId() != null)
                .toList());
    }

    /** By the category each recipient reads: who reads another word for it has another item. */
    private List<Brought> brought(DecidedSignal decided, Instant now) {
        CaseSignal signal = decided.matched().accepted().signal();
        if (signal.subject().isHousehold()) {
            return List.of();
        }
        Map<String, List<AgendaSeen>> byCategory = new TreeMap<>();
        for (Release release : decided.released()) {
            String category = release.decision().categoryOf(signal);
            if (category != null && release.decision().passes("area")) {
                byCategory.computeIfAbsent(category, c -> new ArrayList<>()).add(seen(release, decided, now));
            }
        }
        List<Brought> brought = new ArrayList<>();
        byCategory.forEach((category, seen) -> brought.add(brought(decided, category, seen)));
        return brought;
    }

    private Brought brought(DecidedSignal decided, String category, List<AgendaSeen> seen) {
        CaseSignal.Neighbourhood area =
                decided.matched().accepted().signal().subject().neighbourhood();
        // all releases of a signal are for the one team that is drawn for its place
        Subject subject = area.buurtCode() != null
                ? new Subject(area.buurtCode(), "", category)
                : new Subject(seen.get(0).by().teamId(), placeKey(area.place()), category);
        return new Brought(subject, area.buurtCode() != null ? null : area.place(), decided.signalId(), seen);
    }

    private String placeKey(String place) {
        String normal = place.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        return HexFormat.of().formatHex(vault.pseudonym("agenda-place", normal));
    }

    private static AgendaSeen seen(Release release, DecidedSignal decided, Instant now) {
        Decision decision = release.decision();
        CaseSignal signal = decided.matched().accepted().signal();
        return new AgendaSeen(
                release.recipient(),
                decision.passes("senderDiscipline")
                        ? decided.matched().accepted().discipline()
                        : null,
                decision.passes("experiencedImpact") ? signal.experiencedImpact() : null,
                decision.passes("knownToPolice") ? signal.knownToPolice() : null,
                now);
    }

    /**
     * What somebody may see of it: what is open, and what was closed within a year.
     *
     * @param pairs as whom the caller looks
     */
    public List<AgendaItem> see(Scope scope, Collection<Recipient> pairs) {
        List<Raised> raised = agenda.raised(AreaCode.beginOf(scope.code()), scope.teams(), pairs);
        Map<UUID, List<AgendaEvent>> taken =
                steps.of(raised.stream().map(Raised::id).toList());
        return new AgendaPolicy(raised, taken)
                .agenda(scope::holds, clock.instant().minus(LISTED));
    }

    /**
     * Moves an item on. The status it has already changes nothing. Rejects: a step that does not lead from where it is.
     *
     * @param reason null for none; sealed when stored
     */
    public void move(UUID id, Scope scope, Collection<Recipient> pairs, AgendaState to, String user, String reason) {
        AgendaState from = held(id, scope, pairs).state();
        if (from == to) {
            return;
        }
        if (!from.next().contains(to)) {
            throw notFromHere(from);
        }
        Instant now = clock.instant();
        agenda.move(id, to, now);
        steps.keep(id, new AgendaEvent(to.code(), null, user, reason, now));
        if (to == AgendaState.PICKED_UP) {
            feedback.takenUp(agenda.signalsOf(id, pairs), now);
        } else if (!to.isOpen()) {
            feedback.closed(agenda.signalsOf(id, pairs), now);
        }
    }

    private static Rejected notFromHere(AgendaState from) {
        if (!from.isOpen()) {
            return Rejected.of(Problem.STATE_CONFLICT, "/status", "not-from-here.over", from.code());
        }
        List<String> next = from.next().stream().map(AgendaState::code).toList();
        return Rejected.of(Problem.STATE_CONFLICT, "/status", "not-from-here", from.code(), next);
    }

    /**
     * Says that an item is the same as another one. Both stay; the other one shows it. The same link again changes
     * nothing. Rejects: another one that the caller may not see; a link to what is linked itself, or of what has links.
     */
    public void link(UUID id, UUID to, Scope scope, Collection<Recipient> pairs, String user, String reason) {
        Map<UUID, Held> both = agenda.held(Set.copyOf(List.of(id, to)));
        Held one = visible(both.get(id), pairs);
        Held other = both.get(to);
        if (one == null || !scope.holds(one.area())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        if (visible(other, pairs) == null || id.equals(to)) {
            throw Rejected.of(Problem.INVALID_INPUT, "/to", "not-known.agenda-item");
        }
        if (to.equals(one.linkedId())) {
            return;
        }
        if (one.linkedId() != null || one.hasLinked() || other.linkedId() != null) {
            throw Rejected.of(Problem.STATE_CONFLICT, "/to", "linked-already");
        }
        Instant now = clock.instant();
        agenda.linkTo(id, to, now);
        steps.keep(id, new AgendaEvent(LINKED, to, user, reason, now));
    }

    /** Undoes a link. Rejects: an item that is linked to nothing. */
    public void unlink(UUID id, Scope scope, Collection<Recipient> pairs, String user, String reason) {
        Held one = held(id, scope, pairs);
        if (one.linkedId() == null) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "not-linked");
        }
        Instant now = clock.instant();
        agenda.linkTo(id, null, now);
        steps.keep(id, new AgendaEvent(UNLINKED, one.linkedId(), user, reason, now));
    }

    private Held held(UUID id, Scope scope, Collection<Recipient> pairs) {
        Held held = visible(agenda.held(List.of(id)).get(id), pairs);
        if (held == null || !scope.holds(held.area())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return held;
    }

    /** Null for what is not there, and for what these pairs may see nothing of. */
    private Held visible(Held held, Collection<Recipient> pairs) {
        return held != null && agenda.isSeen(held.id(), pairs) ? held : null;
    }
}
