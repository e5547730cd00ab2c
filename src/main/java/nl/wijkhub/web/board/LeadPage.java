package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.casework.AskedAttention;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.casework.HandoverStore;
import nl.wijkhub.casework.LeadTable;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;
import nl.wijkhub.team.TrendStore;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.Configured;

/**
 * What a team lead watches: how the seats of its team do, and of its own who has how much in hand, what nobody takes, what asks
 * for attention, and how the weeks went. At the coordinator's seat also what is about plans.
 */
public final class LeadPage implements Board.Section {
    /** Keep what a lead watches of its own seat. */
    public record Books(
            QueueWorkStore items,
            AttentionStore attention,
            Consultations consultations,
            HandoverStore handovers,
            TrendStore trends) {}

    private static final int MOST = 100;
    private static final int WEEKS = 8;
    private static final int HEIGHT = 120;

    /** For who leads in another team alone. */
    private static final LeadTable.Table NO_TABLE = new LeadTable.Table(null, List.of(), null);

    /** Something that asks for attention; the plan is null where it is not the viewer's to know. */
    public record Asking(String kind, UUID planId, Instant since) {}

    /** What waits in the queue of no team, of the viewer's discipline. */
    public record Orphans(String teamId, long items, long overdue) {}

    /**
     * A week, and how high its bars stand, of {@value #HEIGHT}.
     */
    public record Week(
            LocalDate monday, long came, long taken, long late, long cameHigh, long takenHigh, long lateHigh) {
        public long top(long high) {
            return HEIGHT - high;
        }
    }

    /**
     * How a seat does.
     *
     * @param name the organisation that sits there
     */
    public record SeatLine(String name, LeadTable.Row row) {
        public boolean isTold() {
            return row.figures().waiting() != null;
        }
    }

    /**
     * @param plans null but at the coordinator's seat
     */
    public record LeadView(
            Team team,
            Recipient pair,
            QueueWorkStore.Load nobody,
            List<QueueWorkStore.Load> members,
            Orphans orphans,
            List<Asking> attention,
            List<HandoverStore.Handover> handovers,
            List<Week> weeks,
            List<SeatLine> table,
            LeadTable.Plans plans) {}

    private final QueueWorkStore items;
    private final AttentionStore attention;
    private final Consultations consultations;
    private final HandoverStore handovers;
    private final TrendStore trends;
    private final LeadTable table;
    private final AskedAttention asked;
    private final Configured configured;
    private final Teams teams;
    private final Clock clock;

    public LeadPage(Books books, LeadTable table, AskedAttention asked, Configured configured, Clock clock) {
        this.items = books.items();
        this.attention = books.attention();
        this.consultations = books.consultations();
        this.handovers = books.handovers();
        this.trends = books.trends();
        this.table = table;
        this.asked = asked;
        this.configured = configured;
        this.teams = configured.teams();
        this.clock = clock;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/teams/:id/lead").handler(ctx -> {
            Texts texts = Texts.of(ctx);
            board.show(ctx, "lead.jte", () -> {
                board.only(ctx, Role.TEAM_LEAD);
                Recipient pair = board.pair(ctx, ctx.pathParam("id"));
                return Map.of("texts", texts, "lead", of(pair, board.caller(ctx)));
            });
        });
        router.post("/board/teams/:id/seats/:discipline/:partner/ask").handler(ctx -> ask(ctx, board));
    }

    private void ask(RoutingContext ctx, Board board) {
        String team = ctx.pathParam("id");
        FormReading in = new FormReading(ctx);
        AskedAttention.Reason reason = in.code("reason", AskedAttention.Reason.class);
        board.act(ctx, "/board/teams/" + team + "/lead", () -> {
            Recipient seat = asked.seat(team, ctx.pathParam("discipline"), ctx.pathParam("partner"));
            in.orReject();
            return asked.ask(board.pair(ctx, team), board.caller(ctx).user(), seat, reason)
                            .isNew()
                    ? "attention-asked"
                    : "attention-stands";
        });
    }

    private List<SeatLine> lines(LeadTable.Table seen) {
        return seen.seats().stream()
                .map(row -> new SeatLine(
                        configured
                                .partners()
                                .find(row.seat().partner())
                                .map(Partners.Partner::name)
                                .orElse(row.seat().partner()),
                        row))
                .toList();
    }

    private LeadView of(Recipient pair, Caller caller) {
        Instant now = clock.instant();
        Team team = teams.find(pair.teamId()).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        boolean isSeat = pair.discipline() == Discipline.MUNICIPALITY;
        LeadTable.Table seen = teams.leads(caller.user(), pair) ? table.of(pair, caller.user()) : NO_TABLE;
        List<QueueWorkStore.Load> loads = items.workload(pair, now);
        QueueWorkStore.Load nobody = nobody(loads);
        return new LeadView(
                team,
                pair,
                nobody,
                loads.stream().filter(load -> load.user() != null).toList(),
                orphans(caller.pairs(teams), now),
                asking(pair, now),
                isSeat ? handovers.ofTeam(pair.teamId()) : List.of(),
                weeks(pair, now),
                lines(seen),
                seen.plans());
    }

    /** What asks for attention; at care's seat also what care did not answer in time, of whatever plan that is. */
    private List<Asking> asking(Recipient pair, Instant now) {
        boolean isSeat = pair.discipline() == Discipline.MUNICIPALITY;
        List<Asking> asking = new ArrayList<>();
        attention
                .ofPair(pair, MOST)
                .forEach(one -> asking.add(new Asking(
                        one.kind(), isSeat ? configured.planIds().to(pair, one.planId()) : null, one.since())));
        if (pair.discipline() == Discipline.CARE) {
            consultations.unanswered(pair.teamId(), MOST).stream()
                    .filter(question -> question.dueAt().isBefore(now))
                    .forEach(question -> asking.add(new Asking("consult-unanswered", null, question.dueAt())));
        }
        asking.sort(Comparator.comparing(Asking::since));
        return asking;
    }

    private static QueueWorkStore.Load nobody(List<QueueWorkStore.Load> loads) {
        return loads.stream()
                .filter(load -> load.user() == null)
                .findFirst()
                .orElse(new QueueWorkStore.Load(null, 0, 0));
    }

    /** Null for who does not sit in the team of what no area covers. */
    private Orphans orphans(List<Recipient> pairs, Instant now) {
        return pairs.stream()
                .filter(pair -> teams.find(pair.teamId()).filter(Team::orphan).isPresent())
                .findFirst()
                .map(pair -> {
                    QueueWorkStore.Load nobody = nobody(items.workload(pair, now));
                    return new Orphans(pair.teamId(), nobody.items(), nobody.overdue());
                })
                .orElse(null);
    }

    /** Eight weeks, also those in which nothing came. */
    private List<Week> weeks(Recipient pair, Instant now) {
        LocalDate monday = LocalDate.ofInstant(now, SharingPolicy.CALENDAR)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate first = monday.minusWeeks(WEEKS - 1L);
        List<TrendStore.Week> known =
                trends.weeks(pair, first.atStartOfDay(SharingPolicy.CALENDAR).toInstant(), now);
        long most = Math.max(
                1, known.stream().mapToLong(TrendStore.Week::came).max().orElse(1));
        List<Week> weeks = new ArrayList<>();
        for (LocalDate week = first; !week.isAfter(monday); week = week.plusWeeks(1)) {
            LocalDate begins = week;
            TrendStore.Week one = known.stream()
                    .filter(w -> w.monday().equals(begins))
                    .findFirst()
                    .orElse(new TrendStore.Week(week, 0, 0, 0));
            weeks.add(new Week(
                    week,
                    one.came(),
                    one.taken(),
                    one.late(),
                    one.came() * HEIGHT / most,
                    one.taken() * HEIGHT / most,
                    one.late() * HEIGHT / most));
        }
        return weeks;
    }
}
