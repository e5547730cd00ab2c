package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.ParkedStore;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.signal.PartnerTrafficStore.Sent;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.Quarantined;
import nl.wijkhub.subscription.StuckCheck;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscriptions;
import nl.wijkhub.team.Role;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the administrator sees: how it goes with each partner and each subscription, what came by message and could not be
 * taken, what was given up and what stands aside; and lets each of it be tried again.
 */
public final class OperationsPage implements Board.Section {
    /** Messages of partners that could not be taken, and the way to take them after all. */
    public record Refused(Quarantine quarantine, Quarantine.Replay replay) {}

    private static final Logger LOG = LoggerFactory.getLogger(OperationsPage.class);
    private static final String HOME = "/board/operations";
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_KEPT = 50;
    private static final int MOST_FAULTS = 5;

    /**
     * A partner in the last day.
     *
     * @param lastSeen null when nothing came
     * @param stuck what stands still, in words; empty for nothing
     */
    public record Partner(String name, Instant lastSeen, long accepted, long refused, long failed, String stuck) {}

    /** An entry of the quarantine, with what is wrong with it and nothing of what it says. */
    public record Kept(UUID id, String partner, Instant receivedAt, int times, List<String> faults) {}

    /**
     * A subscription.
     *
     * @param standing in words
     * @param lastAt when its receiver was last tried; null for never
     * @param dead events that were given up on
     */
    public record Listening(UUID id, String partner, String protocol, String standing, Instant lastAt, int dead) {}

    public record OperationsView(
            List<Partner> partners,
            List<Listening> listening,
            List<Kept> kept,
            boolean isMore,
            List<ParkedStore.Parked> parked) {}

    private final Database database;
    private final Partners partners;
    private final PartnerTrafficStore traffic;
    private final StuckCheck stuck;
    private final Subscriptions subscriptions;
    private final Quarantine quarantine;
    private final Quarantine.Replay replay;
    private final ParkedStore parked;
    private final Clock clock;

    public OperationsPage(
            Refused refused,
            Database database,
            Partners partners,
            PartnerTrafficStore traffic,
            StuckCheck stuck,
            Subscriptions subscriptions,
            ParkedStore parked,
            Clock clock) {
        this.database = database;
        this.partners = partners;
        this.traffic = traffic;
        this.stuck = stuck;
        this.subscriptions = subscriptions;
        this.quarantine = refused.quarantine();
        this.replay = refused.replay();
        this.parked = parked;
        this.clock = clock;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get(HOME).handler(ctx -> {
            Texts texts = Texts.of(ctx);
            board.show(ctx, "operations.jte", () -> {
                board.only(ctx, Role.ADMINISTRATOR);
                return Map.of("texts", texts, "operations", of(texts));
            });
        });
        router.post("/board/quarantine/:id/replay").handler(ctx -> replay(ctx, board));
        router.post("/board/subscriptions/:id/redeliver").handler(ctx -> redeliver(ctx, board));
        router.post("/board/parked/:id/again").handler(ctx -> again(ctx, board));
    }

    private void replay(RoutingContext ctx, Board board) {
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.ADMINISTRATOR);
            Quarantined entry = quarantine.find(Board.id(ctx)).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            try {
                replay.replay(entry, caller.who(), Answers.trace(ctx));
            } catch (Rejected stillNot) {
                return "refused-again";
            }
            // of many lines some may be refused still
            boolean isTaken = quarantine
                    .find(entry.id())
                    .filter(now -> now.answer() != null)
                    .isPresent();
            return isTaken ? "replayed" : "refused-again";
        });
    }

    private void redeliver(RoutingContext ctx, Board board) {
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.ADMINISTRATOR);
            UUID id = Board.id(ctx);
            database.inTransaction(() -> subscriptions.redeliver(partners.ids().stream()
                    .flatMap(partner -> subscriptions.find(id, partner).stream())
                    .findFirst()
                    .orElseThrow(() -> new Rejected(Problem.NOT_FOUND))));
            LOG.info("event=subscription.redelivered subscription={} by={}", id, caller.who());
            return "redelivered";
        });
    }

    private void again(RoutingContext ctx, Board board) {
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.ADMINISTRATOR);
            UUID id = Board.id(ctx);
            if (!parked.again(id)) {
                throw new Rejected(Problem.NOT_FOUND);
            }
            LOG.info("event=signal.unparked signal={} by={}", id, caller.who());
            return "unparked";
        });
    }

    OperationsView of(Texts texts) {
        Map<String, Sent> sent = traffic.since(clock.instant().minus(DAY));
        List<Partner> seen = partners.ids().stream()
                .map(id -> partner(id, sent.get(id), texts))
                .toList();
        List<Quarantined> kept = quarantine.waiting(null, null, MOST_KEPT + 1);
        Map<UUID, Integer> dead = subscriptions.deadCounts();
        return new OperationsView(
                seen,
                partners.ids().stream()
                        .flatMap(id -> subscriptions.of(id).stream())
                        .map(one -> listening(one, dead.getOrDefault(one.id(), 0), texts))
                        .toList(),
                kept.stream().limit(MOST_KEPT).map(this::kept).toList(),
                kept.size() > MOST_KEPT,
                parked.list(MOST_KEPT));
    }

    private Listening listening(Subscription one, int dead, Texts texts) {
        return new Listening(
                one.id(),
                partners.get(one.client()).name(),
                one.protocol().name(),
                texts.code("subscription", one.status().name()),
                one.standing().lastAttemptAt(),
                dead);
    }

    private Partner partner(String id, Sent sent, Texts texts) {
        String still = stuck.found().stream()
                .filter(one -> one.client().equals(id))
                .map(one -> texts.code("stuck", one.kind().code()) + " (" + one.items() + ")")
                .collect(Collectors.joining(", "));
        return new Partner(
                partners.get(id).name(),
                sent == null ? null : sent.lastAt(),
                sent == null ? 0 : sent.accepted(),
                sent == null ? 0 : sent.refused(),
                sent == null ? 0 : sent.failed(),
                still);
    }

    private Kept kept(Quarantined entry) {
        String partner =
                partners.find(entry.partnerId()).map(Partners.Partner::name).orElse(entry.partnerId());
        return new Kept(entry.id(), partner, entry.receivedAt(), entry.times(), faults(entry));
    }

    private static List<String> faults(Quarantined entry) {
        Quarantined.Reason reason = entry.reason();
        return reason.errors().isEmpty()
                ? List.of(reason.detail())
                : reason.errors().stream()
                        .limit(MOST_FAULTS)
                        .map(one -> (one.pointer() + ' ' + one.detail()).strip())
                        .toList();
    }
}
