package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.casework.QueueWork;
import nl.wijkhub.casework.SignalLook;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.ReleasedSignal;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.Configured;
import nl.wijkhub.web.http.PlanIds;

/**
 * What the timeline page shows: to a recipient what passed and on what ground, decided anew; to the privacy officer
 * every release with its rule and reasons, and nothing of what the signal says.
 */
public final class SignalPage implements Board.Section {
    /** One stage passed, as a sentence. */
    public record TimelineLine(Instant at, String sentence) {}

    /** One decision, as the privacy officer sees it. */
    public record Why(
            UUID releaseId, String recipient, String disclosure, String rule, String ground, String reasons) {}

    /**
     * What the viewer may do with an item.
     *
     * @param giveBack it is in the viewer's hands, or the viewer leads the team
     * @param consult the viewer sits at the coordinator's seat
     */
    public record Offers(boolean take, boolean giveBack, boolean consult) {}

    /**
     * The item of the viewer's queue that this signal is.
     *
     * @param takenBy null while nobody has it
     * @param planId null for a neighbourhood signal
     * @param leadsToPlan whether the viewer's seat works on that plan
     * @param heard what care said to this seat; null when it did not ask
     */
    public record Item(
            UUID id,
            Recipient pair,
            String priority,
            String state,
            String takenBy,
            UUID planId,
            boolean leadsToPlan,
            Offers offers,
            List<QueueWorkStore.QueueEvent> steps,
            ConsultationAdvice.Heard heard) {}

    /**
     * @param fields label → value, of what passed; empty for the privacy officer
     * @param ground on what ground it passed, in words; empty for the privacy officer
     * @param whys every decision; empty for a recipient
     * @param items where it stands in the viewer's queues; empty for the privacy officer
     */
    public record SignalView(
            UUID id,
            String title,
            Map<String, String> fields,
            String ground,
            List<TimelineLine> steps,
            List<Why> whys,
            List<Item> items) {}

    private final Database database;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final QueueStore queue;
    private final QueueWork work;
    private final SignalLook looks;
    private final Timeline timeline;
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;
    private final Teams teams;
    private final Organisations organisations;
    private final PlanIds planIds;

    public SignalPage(
            Configured configured,
            Database database,
            SignalStore signals,
            ReleaseStore releases,
            QueueStore queue,
            QueueWork work,
            SignalLook looks,
            Timeline timeline) {
        this.database = database;
        this.signals = signals;
        this.releases = releases;
        this.queue = queue;
        this.work = work;
        this.looks = looks;
        this.timeline = timeline;
        this.inForce = configured.inForce();
        this.vocabulary = configured.vocabulary();
        this.teams = configured.teams();
        this.organisations = configured.organisations();
        this.planIds = configured.planIds();
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/signals/:id").handler(ctx -> {
            Texts texts = Texts.of(ctx);
            board.show(ctx, "signal.jte", () -> {
                SignalView view = of(Board.id(ctx), board.caller(ctx), texts);
                return Map.of("texts", texts, "signal", view);
            });
        });
    }

    SignalView of(UUID id, Caller caller, Texts texts) {
        AcceptedSignal signal = signals.byId(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        if (caller.is(Role.PRIVACY_OFFICER, teams)) {
            return new SignalView(
                    id,
                    texts.get("signal.title"),
                    Map.of(),
                    "",
                    steps(signal, Instant.EPOCH, texts),
                    whys(id, texts),
                    List.of());
        }
        SignalLook.Seen seen = database.inTransaction(() -> looks.see(signal, caller.pairs(teams), caller.who()))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        ReleasedSignal passed = seen.signal();
        return new SignalView(
                id,
                title(passed, texts),
                ReleasedFields.of(passed, texts, vocabulary),
                ground(passed.terms()),
                steps(signal, seen.releasedAt(), texts),
                List.of(),
                caller.pairs(teams).stream()
                        .flatMap(pair -> item(id, pair, caller).stream())
                        .toList());
    }

    private Optional<Item> item(UUID signal, Recipient pair, Caller caller) {
        return queue.ofSignal(signal, pair)
                .map(item -> database.inTransaction(() -> work.see(item.id(), Set.of(pair), caller.user())))
                .map(seen -> {
                    QueueItem item = seen.item();
                    boolean isTaken = item.state() == QueueItem.ItemState.TAKEN_UP;
                    boolean isOpen =
                            item.state() == QueueItem.ItemState.WAITING || item.state() == QueueItem.ItemState.RETURNED;
                    boolean isOurs = caller.user().equals(seen.takenBy()) || caller.is(Role.TEAM_LEAD, teams);
                    return new Item(
                            item.id(),
                            pair,
                            item.priority().code(),
                            item.state().code(),
                            seen.takenBy(),
                            planIds.to(pair, item.planId()),
                            item.planId() != null && seen.isOfPlan(),
                            new Offers(
                                    isOpen,
                                    isTaken && isOurs,
                                    seen.isOfPlan() && item.planId() != null && (isOpen || isTaken)),
                            seen.steps(),
                            seen.heard().orElse(null));
                });
    }

    private String title(ReleasedSignal passed, Texts texts) {
        if (passed.report().category() != null) {
            return vocabulary.label(passed.report().category());
        }
        String advice = passed.terms().advice();
        return advice == null ? texts.get("queue.notice") : advice;
    }

    private String ground(ReleasedSignal.Terms terms) {
        String ground = inForce.agreement().groundNl(terms.ground());
        return terms.externalDecision() == null ? ground : ground + " (" + terms.externalDecision() + ")";
    }

    /**
     * The way to this recipient alone: of each stage since its own release the first passing, so that nothing tells
     * whether others got it sooner or later. An outcome could tell what else there is.
     *
     * @param released EPOCH for every step there was
     */
    private List<TimelineLine> steps(AcceptedSignal signal, Instant released, Texts texts) {
        List<TimelineLine> steps = new ArrayList<>();
        steps.add(new TimelineLine(signal.acceptedAt(), texts.code("step", SignalAccept.STAGE)));
        Set<String> shown = new HashSet<>();
        boolean isAll = released.equals(Instant.EPOCH);
        timeline.of(signal.id()).stream()
                .filter(entry -> !entry.stage().equals("escalation-decide"))
                .filter(entry ->
                        entry.stage().equals("household-match") || !entry.at().isBefore(released))
                .filter(entry -> isAll || shown.add(entry.stage()))
                .forEach(entry -> steps.add(new TimelineLine(entry.at(), texts.code("step", entry.stage()))));
        return steps;
    }

    private List<Why> whys(UUID signalId, Texts texts) {
        List<Why> whys = new ArrayList<>();
        for (Release release : releases.ofSignal(signalId)) {
            whys.add(new Why(
                    release.id(),
                    texts.who(organisations.of(release.recipient())),
                    texts.code("disclosure", release.decision().disclosure().name()),
                    release.decision().ruleId(),
                    inForce.agreement().groundNl(release.decision().ground()),
                    release.decision().reasons().stream().map(texts::reason).collect(Collectors.joining(", "))));
        }
        return whys;
    }
}
