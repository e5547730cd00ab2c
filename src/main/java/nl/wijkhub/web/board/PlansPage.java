package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.casework.HandoverStore;
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Page;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.web.http.PlanIds;

/**
 * The plans of a team at a seat that works on them: who keeps each going. At the municipality's seat also what asks for
 * attention and what is handed over, which are the team's.
 */
public final class PlansPage implements Board.Section {
    private static final int ROWS = 50;
    private static final int MOST_ATTENTION = 500;
    public static final List<String> STATES = List.of("open", "proposed", "active", "dormant", "closed");

    /**
     * @param id by which the seat knows the plan
     * @param place by what it is known; empty when no address passed
     * @param attention what asks for it, in words; empty for nothing
     */
    public record Row(UUID id, PlanLifeStore.Listed plan, String place, String state, String attention) {}

    /**
     * @param isOfTeam whether it is the municipality's seat
     * @param asked the states that show, one of {@link #STATES}
     * @param next null when there are no more
     * @param handedOver the id by which the seat knows each plan of a hand-over
     */
    public record PlansView(
            Recipient seat,
            boolean isOfTeam,
            String asked,
            List<Row> rows,
            UUID next,
            List<HandoverStore.Handover> handovers,
            Map<UUID, UUID> handedOver) {}

    private final PlanLook looks;
    private final PlanAddresses places;
    private final AttentionStore attention;
    private final HandoverStore handovers;
    private final PlanIds ids;

    public PlansPage(
            PlanLook looks, PlanAddresses places, AttentionStore attention, HandoverStore handovers, PlanIds ids) {
        this.looks = looks;
        this.places = places;
        this.attention = attention;
        this.handovers = handovers;
        this.ids = ids;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/teams/:id/plans").handler(ctx -> {
            Texts texts = Texts.of(ctx);
            board.show(ctx, "plans.jte", () -> {
                Recipient seat = board.planSeat(ctx, ctx.pathParam("id"));
                return Map.of("texts", texts, "plans", of(seat, ctx, board, texts));
            });
        });
    }

    private PlansView of(Recipient seat, RoutingContext ctx, Board board, Texts texts) {
        String sent = ctx.request().getParam("state");
        String asked = sent != null && STATES.contains(sent) ? sent : STATES.get(0);
        Plan.PlanState state = Coded.of(Plan.PlanState.class, asked).orElse(null);
        UUID after = Identifier.parse(ctx.request().getParam("after")).orElse(null);
        UUID last = after == null ? null : ids.plan(after, board.caller(ctx)).orElse(after);
        Page<PlanLifeStore.Listed> page = looks.ofSeat(seat, state, last, ROWS);
        List<UUID> listed = page.items().stream().map(PlanLifeStore.Listed::id).toList();
        Map<UUID, UUID> idOf = ids.to(seat, listed);
        Map<UUID, String> asking = attention.ofPair(seat, MOST_ATTENTION).stream()
                .filter(item -> item.planId() != null)
                .collect(Collectors.groupingBy(
                        AttentionStore.Item::planId,
                        Collectors.mapping(
                                item -> texts.code("attention", item.kind()),
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        all -> String.join(
                                                ", ", all.stream().distinct().toList())))));
        Map<UUID, String> known = places.listed(listed, seat);
        List<Row> rows = page.items().stream()
                .map(plan -> new Row(
                        idOf.get(plan.id()),
                        plan,
                        known.getOrDefault(plan.id(), ""),
                        texts.code("plan", plan.state().code()),
                        asking.getOrDefault(plan.id(), "")))
                .toList();
        boolean isOfTeam = seat.discipline() == Discipline.MUNICIPALITY;
        List<HandoverStore.Handover> open = isOfTeam ? handovers.ofTeam(seat.teamId()) : List.of();
        return new PlansView(
                seat,
                isOfTeam,
                asked,
                rows,
                page.next() == null ? null : idOf.get(page.next()),
                open,
                ids.to(seat, open.stream().map(HandoverStore.Handover::planId).toList()));
    }
}
