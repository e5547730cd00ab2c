package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.casework.HandoverStore;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.Recipient;

/** The plans of a team at its coordinator's seat: who keeps each going, what asks for attention, what is handed over. */
public final class PlansPage implements Board.Section {
    private static final int ROWS = 50;
    private static final int MOST_ATTENTION = 500;
    private static final Set<Plan.PlanState> OPEN = EnumSet.complementOf(EnumSet.of(Plan.PlanState.CLOSED));
    public static final List<String> STATES = List.of("open", "proposed", "active", "dormant", "closed");

    /**
     * @param place by what it is known; empty when no address passed
     * @param attention what asks for it, in words; empty for nothing
     */
    public record Row(PlanLifeStore.Listed plan, String place, String state, String attention) {}

    /**
     * @param asked the states that show, one of {@link #STATES}
     * @param next null when there are no more
     */
    public record PlansView(
            Recipient seat, String asked, List<Row> rows, UUID next, List<HandoverStore.Handover> handovers) {}

    private final PlanLifeStore plans;
    private final PlanAddresses places;
    private final AttentionStore attention;
    private final HandoverStore handovers;

    public PlansPage(PlanLifeStore plans, PlanAddresses places, AttentionStore attention, HandoverStore handovers) {
        this.plans = plans;
        this.places = places;
        this.attention = attention;
        this.handovers = handovers;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/teams/:id/plans").handler(ctx -> {
            Texts texts = Texts.of(ctx);
            board.show(ctx, "plans.jte", () -> {
                Recipient seat = board.seat(ctx, ctx.pathParam("id"));
                return Map.of("texts", texts, "plans", of(seat, ctx, texts));
            });
        });
    }

    private PlansView of(Recipient seat, RoutingContext ctx, Texts texts) {
        String sent = ctx.request().getParam("state");
        String asked = sent != null && STATES.contains(sent) ? sent : STATES.get(0);
        Set<Plan.PlanState> states = Coded.of(Plan.PlanState.class, asked)
                .<Set<Plan.PlanState>>map(EnumSet::of)
                .orElse(OPEN);
        UUID after = Identifier.parse(ctx.request().getParam("after")).orElse(null);
        List<PlanLifeStore.Listed> page = plans.ofTeam(seat, states, after, ROWS + 1);
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
        Map<UUID, String> known =
                places.listed(page.stream().map(PlanLifeStore.Listed::id).toList(), seat);
        List<Row> rows = page.stream()
                .limit(ROWS)
                .map(plan -> new Row(
                        plan,
                        known.getOrDefault(plan.id(), ""),
                        texts.code("plan", plan.state().code()),
                        asking.getOrDefault(plan.id(), "")))
                .toList();
        UUID next = page.size() > ROWS ? page.get(ROWS - 1).id() : null;
        return new PlansView(seat, asked, rows, next, handovers.ofTeam(seat.teamId()));
    }
}
