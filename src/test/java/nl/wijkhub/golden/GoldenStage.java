package nl.wijkhub.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanWork.PlanAction;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.Agreement;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.team.QueueItem;

/**
 * What stands in before.json and then.json, one after the other: a message as in 00-in.json, or something that people or
 * time do. {@code after} says how much time passes first.
 */
final class GoldenStage {
    private static final String TEAM = "vb-noord";
    private static final String USER = "medewerker-demo";
    private static final String WORDS = "Fictief";

    private final GoldenHub hub;

    GoldenStage(GoldenHub hub) {
        this.hub = hub;
    }

    void play(Path folder, JsonNode step) throws IOException {
        pass(step);
        if (step.has("door")) {
            hub.send(GoldenMessage.of(folder, step));
        } else if (step.path("do").asText().equals("look")) {
            hub.stages.escalationCheck.check();
        } else {
            hub.stages.database.inTransaction(() -> {
                play(step);
                return null;
            });
        }
    }

    void pass(JsonNode step) {
        hub.stages.clock.pass(Duration.parse(step.path("after").asText("PT0S")));
    }

    private void play(JsonNode step) {
        switch (step.get("do").asText()) {
            case "coordinate" ->
                change(
                        "coordinator-set",
                        plan -> plan.coordinatedBy(
                                new Coordinator(Coordinator.CoordinatorKind.USER, USER, plan.seat(), null, null),
                                hub.stages.planWork.today()));
            case "agree" ->
                change(
                        "agreement-made",
                        plan -> plan.agrees(
                                agreement(Period.parse(step.get("within").asText())), hub.stages.planWork.today()));
            case "close" -> close();
            case "hand-over" ->
                hub.stages.handovers.ask(plan(), actor(), step.get("to").asText(), WORDS);
            case "care-answers" -> careAnswers(step.get("advice").asText());
            case "read-text" -> readText(step);
            case "break-glass" -> breakGlass(step);
            case "object" -> object();
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    private void change(String kind, UnaryOperator<Plan> command) {
        hub.stages.planWork.change(plan(), actor(), new PlanAction(kind, null, null, null), command);
    }

    private Agreement agreement(Period within) {
        return Agreement.builder()
                .id(Identifier.next())
                .text(WORDS)
                .owner(Owner.COORDINATOR)
                .rung(Rung.OWN_NETWORK)
                .dueOn(hub.stages.planWork.today().plus(within))
                .state(Agreement.AgreementState.OPEN)
                .madeAt(hub.stages.planWork.now())
                .build();
    }

    /** Whatever waits at the seat is taken up first. */
    private void close() {
        for (QueueItem item : hub.stages.items.openOfPlan(plan())) {
            if (item.recipient().equals(seat())) {
                hub.stages.items.move(
                        item.id(), QueueItem.ItemState.TAKEN_UP, USER, "taken", USER, null, hub.stages.clock.instant());
            }
        }
        hub.stages.planWork.close(plan(), actor(), new PlanAction("closed", null, null, null), Plan.Outcome.PREVENTED);
    }

    private void careAnswers(String advice) {
        hub.stages
                .consultations
                .open(List.of(TEAM), "zorg-lid-demo", 10)
                .forEach(question -> hub.stages.consultations.answer(
                        question.id(),
                        Map.of(TEAM, new Recipient(TEAM, Discipline.CARE)),
                        advice,
                        null,
                        "zorg-lid-demo"));
    }

    private void readText(JsonNode step) {
        Set<DataClass> classes = EnumSet.noneOf(DataClass.class);
        step.get("classes").forEach(code -> classes.add(DataClass.valueOf(code.asText())));
        boolean mayRead =
                hub.stages.narratives.classify(hub.last().signalId(), classes, List.of(as(step)), "fake-reader");
        if (!mayRead) {
            throw new IllegalStateException("nobody may read it: " + step);
        }
    }

    private void breakGlass(JsonNode step) {
        hub.stages.glass.at(household().address(), as(step), "fake-user", WORDS);
    }

    private void object() {
        hub.stages.objections.raise(household().persons().get(0), WORDS, "fake-officer");
    }

    private CaseSignal.Household household() {
        return hub.last().matched().accepted().signal().subject().household();
    }

    private static Recipient as(JsonNode step) {
        return new Recipient(TEAM, Discipline.valueOf(step.get("as").asText()));
    }

    private static Recipient seat() {
        return new Recipient(TEAM, Discipline.MUNICIPALITY);
    }

    private static Actor actor() {
        return new Actor(USER, List.of(seat()), Trace.continuing(null));
    }

    private UUID plan() {
        return hub.stages.database.with(
                h -> h.createQuery("select plan_id from plan").mapTo(UUID.class).one());
    }
}
