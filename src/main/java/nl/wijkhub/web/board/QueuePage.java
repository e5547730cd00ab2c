package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.QueueLook;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Page;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;
import nl.wijkhub.team.VisitStore;
import nl.wijkhub.web.http.Configured;

/** The queue of a team as one discipline may see it: each row holds only the fields its stored release lets pass. */
public final class QueuePage implements Board.Section {
    private static final int ROWS = 50;
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

    private final QueueLook looks;
    private final VisitStore visits;
    private final Vocabulary vocabulary;
    private final QueueWords words;
    private final Teams teams;
    private final Clock clock;

    public QueuePage(Configured configured, QueueLook looks, VisitStore visits, Clock clock) {
        this.looks = looks;
        this.visits = visits;
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
        QueueLook.Asked page = new QueueLook.Asked(asked.stored(), SORTS.get(asked.sort()), asked.after());
        Page<QueueLook.Row> seen = asked.filter().isEmpty()
                ? looks.rows(recipient, page, ROWS)
                : looks.rows(recipient, page, ROWS, row -> asked.filter().takes(row, user));
        List<Row> rows =
                seen.items().stream().map(row -> row(row, since, texts)).toList();
        Team team = teams.find(recipient.teamId()).orElseThrow();
        return new QueueView(team, recipient, asked, rows, changed, seen.next(), categories());
    }

    private Map<String, String> categories() {
        Map<String, String> categories = new LinkedHashMap<>();
        vocabulary.codes().stream()
                .sorted(Comparator.comparing(vocabulary::label))
                .forEach(code -> categories.put(code, vocabulary.label(code)));
        return categories;
    }

    private Row row(QueueLook.Row seen, Instant since, Texts texts) {
        QueueItem item = seen.item();
        Duration left = Duration.between(clock.instant(), item.dueAt());
        return new Row(
                item.id(),
                item.signalId(),
                new RowText(
                        words.what(seen.signal(), texts),
                        QueueWords.where(seen.signal()),
                        QueueWords.from(seen.signal(), texts),
                        QueueWords.experienced(seen.signal(), texts),
                        QueueWords.recorded(seen.signal(), texts)),
                item.createdAt().isAfter(since),
                item.priority().code(),
                item.state().code(),
                new RowTerm(item.createdAt(), item.dueAt(), texts.about(left.abs()), left.isNegative()),
                seen.takenBy());
    }
}
