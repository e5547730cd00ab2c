package nl.wijkhub.web.fhir;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.escalation.EscalationView;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanView;
import nl.wijkhub.plan.fhir.CarePlanMapper;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.subscription.fhir.EscalationTaskMapper;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.PlanIds;

/**
 * {@code GET /fhir/CarePlan/{id}} and {@code /fhir/Task/{id}}: a plan and its agreements, and a step up the ladder, as the
 * caller may see them.
 */
public final class PlanFhirApi {
    private final Database database;
    private final PlanLook looks;
    private final PlanLifeStore plans;
    private final Escalations escalations;
    private final Partners partners;
    private final Teams teams;
    private final PlanIds ids;

    public PlanFhirApi(
            Database database,
            PlanLook looks,
            PlanLifeStore plans,
            Escalations escalations,
            Partners partners,
            Teams teams,
            PlanIds ids) {
        this.database = database;
        this.looks = looks;
        this.plans = plans;
        this.escalations = escalations;
        this.partners = partners;
        this.teams = teams;
        this.ids = ids;
    }

    public void mount(Router router) {
        router.get("/fhir/CarePlan/:id").handler(ctx -> answer(ctx, () -> carePlan(ctx)));
        router.get("/fhir/Task/:id").handler(ctx -> answer(ctx, () -> task(ctx)));
    }

    private static void answer(RoutingContext ctx, Callable<String> work) {
        Answers.later(ctx, work, text -> ctx.response()
                .putHeader("Content-Type", FhirApi.wanted(ctx))
                .end(text));
    }

    private PlanLook.Viewed look(RoutingContext ctx, UUID plan) {
        Actor actor = Caller.of(ctx.user()).actor(teams);
        return database.inTransaction(() -> looks.look(plan, actor)).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private String carePlan(RoutingContext ctx) {
        return CarePlanMapper.carePlan(
                look(ctx, ids.named(ctx)).plan(), PathReading.id(ctx, "id"), FhirApi.wanted(ctx));
    }

    private String task(RoutingContext ctx) {
        UUID id = PathReading.id(ctx, "id");
        Optional<UUID> plan = plans.planOfAgreement(id);
        return plan.isPresent() ? agreement(ctx, plan.get(), id) : escalation(ctx, id);
    }

    /** A care provider that was told of a step; a pair sees its own. */
    private String escalation(RoutingContext ctx, UUID id) {
        Escalations.Actor actor = Caller.of(ctx.user()).escalationActor(partners, teams);
        return database.inTransaction(() -> escalations.see(id, actor))
                .map(seen -> EscalationTaskMapper.task(EscalationView.of(seen), FhirApi.wanted(ctx)))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private String agreement(RoutingContext ctx, UUID plan, UUID id) {
        PlanLook.Viewed seen = look(ctx, plan);
        PlanView.Task task = seen.plan().agreements().stream()
                .filter(one -> one.agreement().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        return CarePlanMapper.task(seen.plan(), ids.to(seen.viewer(), plan), task, FhirApi.wanted(ctx));
    }
}
