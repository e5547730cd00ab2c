package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;
import nl.wijkhub.team.VisitStore;
import nl.wijkhub.web.http.Configured;

/** The queue of a team as one discipline may see it: each row holds only the fields its stored release lets pass. */
public final class QueuePage implements Board.Section {
    private static final int ROWS = 50;
    /** How many items a filter looks through at once, and for one page. */
    private static final int LOOKED_AT_ONCE = 200;

    private static final int MOST_LOOKED_AT = 1_000;
    private static final String ALL = "all";

    /** What a viewer may ask for; the first is what shows when nothing is asked. */
    public static final List<String> STATES = List.of("waiting", "taken-up", "returned", "done", ALL);

    public static final Map<String, QueueStore.Sort> SORTS = sorts();

    /**
     * What a row tells, in the viewer's words.
     *
     * @param what category, or that something is up
     * @param where address or neighbourhood; empty when it may not be seen
     * @param from the sender's discipline; empty when it may not be seen
     * @param experienced how bad the resident says it is, of 5; empty when nobody said so or it may not be seen
     * @param recorded how bad the sender recorded it, and whether the police knows of it; empty when it may not be seen
     */
    public record RowText(String what, String where, String from, String experienced, String recorded) {}

    /**
     * When it is to be taken up.
     *
     * @param left how much of it is left, or how much too late it is, in words
     */
    public record RowTerm(Instant since, Instant dueAt, String left, boolean late) {}

    /**
     * One row.
     *
     * @param isNew it came since the viewer was here before
     * @param takenBy in whose hands it is; null for nobody's
     */
    public record Row(
            UUID id,
            UUID signalId,
            RowText text,
            boolean isNew,
            String priority,
            String state,
            RowTerm term,
            String takenBy) {
        public boolean mayTake() {
            return takenBy == null && (state.equals("waiting") || state.equals("returned"));
        }

        /** Several at once, without reading each: never what cannot wait. */
        public boolean mayTakeWithOthers() {
            return mayTake() && !priority.equals("acute");
        }
    }

    /** What was asked for: one of each list, which rows, and the last item of the page before. */
    public record Asked(String state, String sort, QueueFilter filter, UUID after) {
        static Asked of(RoutingContext ctx, Set<String> categories) {
            String state = ctx.request().getParam("state");
            String sort = ctx.request().getParam("sort");
            QueueFilter filter = QueueFilter.of(ctx, categories);
            // what waits is in nobody's hands
            String shown = filter.isMine() && (state == null || state.equals("waiting")) ? "taken-up" : state;
            return new Asked(
                    shown != null && STATES.contains(shown) ? shown : STATES.get(0),
                    sort != null && SORTS.containsKey(sort)
                            ? sort
                            : SORTS.keySet().iterator().next(),
                    filter,
                    Identifier.parse(ctx.request().getParam("after")).orElse(null));
        }

        /** The same, to be asked again. */
        public String query() {
            return "state=" + state + "&sort=" + sort + filter.query();
        }

        private QueueItem.ItemState stored() {
            return Arrays.stream(QueueItem.ItemState.values())
                    .filter(one -> one.code().equals(state))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * @param changed since the viewer was here before; null when that is not known
     * @param next the last item looked at when there are more; else null
     * @param categories code → what it is, to choose from
     */
    public record QueueView(
            Team team,
            Recipient recipient,
            Asked asked,
            List<Row> rows,
            VisitStore.Changed changed,
            UUID next,
            Map<String, String> categories) {}

    private static Map<String, QueueStore.Sort> sorts() {
        Map<String, QueueStore.Sort> sorts = new LinkedHashMap<>();
        sorts.put("dueAt", QueueStore.Sort.DUE_AT);
        sorts.put("-createdAt", QueueStore.Sort.NEWEST);
        sorts.put("createdAt", QueueStore.Sort.CREATED_AT);
        return Collections.unmodifiableMap(sorts);
    }

    private final QueueStore queue;
    private final QueueWorkStore inHand;
    private final VisitStore visits;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final Vocabulary vocabulary;
    private final QueueWords words;
    private final Teams teams;
    private final Clock clock;

    public QueuePage(
            Configured configured,
            QueueStore queue,
            QueueWorkStore inHand,
            VisitStore visits,
            SignalStore signals,
            ReleaseStore releases,
            Clock clock) {
        this.queue = queue;
        this.inHand = inHand;
        this.visits = visits;
        this.signals = signals;
        this.releases = releases;
        this.vocabulary = configured.vocabulary();
        this.words = new QueueWords(configured);
        this.teams = configured.teams();
        this.clock = clock;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/teams/:id/queue").handler(ctx -> show(ctx, board, "queue.jte"));
        router.get("/board/teams/:id/queue-table").handler(ctx -> show(ctx, board, "queue-table.jte"));
    }

    private void show(RoutingContext ctx, Board board, String template) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, template, () -> {
            Recipient recipient = board.pair(ctx, ctx.pathParam("id"));
            VisitStore.Changed changed = (template.equals("queue.jte")
                            ? visits.visit(board.caller(ctx).user(), recipient, clock.instant())
                            : visits.known(board.caller(ctx).user(), recipient))
                    .orElse(null);
            return Map.of(
                    "texts",
                    texts,
                    "queue",
                    of(
                            recipient,
                            Asked.of(ctx, vocabulary.codes()),
                            changed,
                            board.caller(ctx).user(),
                            texts));
        });
    }

    QueueView of(Recipient recipient, Asked asked, VisitStore.Changed changed, String user, Texts texts) {
        Instant since = changed == null ? Instant.MAX : changed.since();
        int batch = asked.filter().isEmpty() ? ROWS : LOOKED_AT_ONCE;
        List<Row> rows = new ArrayList<>();
        UUID last = asked.after();
        boolean hasMore = true;
        for (int looked = 0; hasMore && rows.size() < ROWS && looked < MOST_LOOKED_AT; looked += batch) {
            List<QueueItem> items = queue.page(recipient, asked.stored(), SORTS.get(asked.sort()), last, batch + 1);
            hasMore = items.size() > batch;
            List<QueueItem> shown = items.subList(0, Math.min(batch, items.size()));
            Seen seen = seen(shown);
            for (int i = 0; i < shown.size() && rows.size() < ROWS; i++) {
                QueueItem item = shown.get(i);
                AcceptedSignal accepted = seen.signals().get(item.signalId());
                Decision decision = seen.releases().get(item.releaseId()).decision();
                String taker = seen.takers().get(item.id());
                if (asked.filter().takes(item, accepted, decision, user.equals(taker))) {
                    rows.add(row(item, accepted, decision, taker, since, texts));
                }
                last = item.id();
                hasMore |= i + 1 < shown.size() && rows.size() == ROWS;
            }
        }
        Team team = teams.find(recipient.teamId()).orElseThrow();
        return new QueueView(team, recipient, asked, rows, changed, hasMore ? last : null, categories());
    }

    private record Seen(Map<UUID, AcceptedSignal> signals, Map<UUID, Release> releases, Map<UUID, String> takers) {}

    private Seen seen(List<QueueItem> items) {
        return new Seen(
                signals.byIds(items.stream().map(QueueItem::signalId).toList()).stream()
                        .collect(Collectors.toMap(AcceptedSignal::id, Function.identity())),
                releases.byIds(items.stream().map(QueueItem::releaseId).toList()).stream()
                        .collect(Collectors.toMap(Release::id, Function.identity())),
                inHand.takers(items.stream().map(QueueItem::id).toList()));
    }

    private Map<String, String> categories() {
        Map<String, String> categories = new LinkedHashMap<>();
        vocabulary.codes().stream()
                .sorted(Comparator.comparing(vocabulary::label))
                .forEach(code -> categories.put(code, vocabulary.label(code)));
        return categories;
    }

    private Row row(
            QueueItem item, AcceptedSignal accepted, Decision decision, String takenBy, Instant since, Texts texts) {
        Duration left = Duration.between(clock.instant(), item.dueAt());
        return new Row(
                item.id(),
                item.signalId(),
                text(accepted, decision, texts),
                item.createdAt().isAfter(since),
                item.priority().code(),
                item.state().code(),
                new RowTerm(item.createdAt(), item.dueAt(), texts.about(left.abs()), left.isNegative()),
                takenBy);
    }

    private RowText text(AcceptedSignal accepted, Decision decision, Texts texts) {
        return new RowText(
                words.what(accepted, decision, texts),
                QueueWords.where(accepted, decision),
                decision.passes("senderDiscipline")
                        ? texts.code("discipline", accepted.discipline().name())
                        : "",
                QueueWords.experienced(accepted.signal(), decision, texts),
                QueueWords.recorded(accepted.signal(), decision, texts));
    }
}
