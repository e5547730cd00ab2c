package nl.wijkhub.end2end;

import static nl.wijkhub.end2end.ContractCall.by;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.wijkhub.end2end.ContractTown.Known;
import nl.wijkhub.end2end.ContractTown.Raised;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.plan.Quarter;

/** For every operation of the contract who may call it, and what has to be there first. */
final class ContractVisits {
    private static final String SEAT = "medewerker-demo";
    private static final String LEAD = "teamleider-demo";
    private static final String WELFARE = "welzijn-lid-demo";

    /** Makes what has to be there, and says how to call. */
    interface Visit {
        ContractCall prepare() throws Exception;
    }

    private final Map<String, List<Visit>> visits = new LinkedHashMap<>();
    private final Map<String, Visit> clashes = new LinkedHashMap<>();
    private final RunningHub hub;
    private final ContractTown town;
    private final ContractListeners listeners;
    private final KnownPlans known;
    private int unit;
    /** The weighing that was opened last. */
    private String asked;

    ContractVisits(RunningHub hub, ContractTown town, ContractListeners listeners) {
        this.hub = hub;
        this.town = town;
        this.listeners = listeners;
        this.known = new KnownPlans(hub);
        contract();
        signals();
        partners();
        queue();
        team();
        plans();
        parts();
        households();
        neighbourhoods();
        privacy();
        otherContent();
        decidedOtherwise();
        areas();
        new ContractListenerVisits(this, hub, town, listeners).add();
        new ContractQuarantineVisits(this, hub).add();
    }

    /** Every way in which an operation is visited; none for one that nobody thought of. */
    List<Visit> of(String operation) {
        return visits.getOrDefault(operation, List.of());
    }

    /** A good request that what was decided before stands in the way of; null where a repeat of a good one is enough. */
    Visit clash(String operation) {
        return clashes.get(operation);
    }

    void clash(String operation, Visit visit) {
        clashes.put(operation, visit);
    }

    void on(String operation, Visit visit) {
        visits.computeIfAbsent(operation, id -> new ArrayList<>()).add(visit);
    }

    private ContractCall user(String user) throws Exception {
        return by(hub.user(user));
    }

    private ContractCall client(String client) throws Exception {
        return by(hub.token(client));
    }

    private void contract() {
        for (String open : List.of(
                "getOpenApiJson", "getOpenApiYaml", "getAsyncApi", "getCaseSignalSchema", "getPoliceReportSchema")) {
            on(open, () -> by(null));
        }
    }

    private void signals() {
        on("sendSignal", () -> client("gemeente-demo"));
        on("findSignal", () -> client("gemeente-demo").ask("reference", "FAKE-2026-0001"));
        on("getSignal", () -> user(SEAT).at("id", town.known().signal()));
        on("getSignal", () -> {
            Known known = town.known();
            town.made(SEAT, "/v1/queue-items/" + known.item() + "/_take", "");
            return client("corporatie-demo").at("id", known.signal());
        });
        on("readNarrative", () -> user("welzijn-lid-demo").at("id", town.told()));
        on("classifyNarrative", () -> user("welzijn-lid-demo").at("id", town.told()));
    }

    private void partners() {
        on("sendZaak", () -> registered());
        on("sendSignalering", () -> registered());
        on("putEenheid", () -> {
            unit++;
            return client("corporatie-demo").at("eenheid", "E-" + unit);
        });
        on("removeEenheid", () -> {
            unit++;
            hub.put(
                    "corporatie-demo",
                    "/v1/partners/housing/eenheden/E-" + unit,
                    "{\"postcode\":\"9990 AE\",\"huisnummer\":5}");
            return client("corporatie-demo").at("eenheid", "E-" + unit);
        });
        on("postEenheden", () -> client("corporatie-demo"));
        on("putEenheden", () -> client("corporatie-demo"));
        on("sendPoliceReport", () -> client("politie-demo"));
        on("sendIntake", () -> client("welzijn-demo"));
        on("sendCareNote", () -> client("zorg-demo"));
    }

    private ContractCall registered() throws Exception {
        hub.put(
                "corporatie-demo",
                "/v1/partners/housing/eenheden/E-2001",
                "{\"postcode\":\"9990 AE\",\"huisnummer\":5}");
        return client("corporatie-demo");
    }

    private void queue() {
        on("listQueueItems", () -> {
            town.known();
            town.known();
            return ofTeam(SEAT).ask("pageSize", "1").ask("state", "waiting").ask("sort", "-createdAt");
        });
        on("listQueueItems", () -> client("vb-noord.municipality").at("id", "vb-noord"));
        on("followQueue", () -> ofTeam(SEAT));
        on("getWorkload", () -> {
            taken();
            return ofTeam(SEAT);
        });
        on("getQueueItem", () -> user(SEAT).at("id", taken()));
        on("takeQueueItem", () -> user(SEAT).at("id", town.known().item()));
        on("returnQueueItem", () -> user(SEAT).at("id", taken()));
        on("consultCare", () -> user(SEAT).at("id", town.known().item()));
    }

    private String taken() throws Exception {
        String item = town.known().item();
        town.made(SEAT, "/v1/queue-items/" + item + "/_take", "");
        return item;
    }

    private ContractCall ofTeam(String user) throws Exception {
        return user(user).at("id", "vb-noord");
    }

    private void team() {
        on("listPlans", () -> {
            town.plan();
            town.known();
            return ofTeam(SEAT).ask("pageSize", "1");
        });
        on("listPlans", () -> ofTeam(SEAT).ask("state", "active"));
        on("listHandovers", () -> {
            town.handover();
            return ofTeam(SEAT);
        });
        on("listAttention", () -> {
            town.known();
            town.first("/v1/teams/vb-noord/attention", SEAT);
            return ofTeam(SEAT);
        });
        on("listTasks", () -> {
            full();
            return ofTeam(WELFARE);
        });
        on("listMatches", () -> {
            town.match();
            return ofTeam(SEAT);
        });
        on("listUnitConflicts", () -> {
            town.unitConflict();
            return ofTeam(SEAT).ask("state", "open");
        });
        on("getLeadTable", () -> ofTeam(LEAD));
        on("askForAttention", () -> ofTeam(LEAD).at("discipline", "POLICE").at("partner", "politie-demo"));
        on("listAsked", () -> {
            askedOfThePolice();
            return ofTeam("wijkagent-demo");
        });
        on("finishAsked", () -> ofTeam("wijkagent-demo").at("asked", askedOfThePolice()));
    }

    private String askedOfThePolice() throws Exception {
        return town.made(LEAD, "/v1/teams/vb-noord/seats/POLICE/politie-demo/_ask", "{\"reason\":\"nobody-answers\"}")
                .get("id")
                .asText();
    }

    private ContractCall ofPlan(String user, String plan) throws Exception {
        return user(user).at("id", plan);
    }

    private void plans() {
        on("getPlan", () -> {
            String plan = full();
            return ofPlan(SEAT, plan).knownTo(WELFARE, ofWelfare());
        });
        on("getPlan", () -> {
            full();
            return ofPlan(WELFARE, ofWelfare());
        });
        on("changePlan", () -> {
            String plan = town.plan();
            return ofPlan(SEAT, plan).with("If-Match", town.etag(plan));
        });
        on("getPlanHistory", () -> ofPlan(SEAT, full()));
        on("letPlanSleep", () -> ofPlan(SEAT, town.plan()));
        on("wakePlan", () -> {
            String plan = town.plan();
            town.made(SEAT, "/v1/plans/" + plan + "/_sleep", ContractTown.REASON);
            return ofPlan(SEAT, plan);
        });
        on("closePlan", () -> {
            String plan = town.plan();
            town.take(plan);
            return ofPlan(SEAT, plan);
        });
        on("askHandover", () -> ofPlan(SEAT, town.plan()));
        on("withdrawHandover", () -> ofPlan(SEAT, town.handover()));
        on("acceptHandover", () -> ofPlan("teamleider-zuid", known.inZuid(town.handover())));
        on("refuseHandover", () -> ofPlan("teamleider-zuid", known.inZuid(town.handover())));
    }

    /** A plan with something of everything. */
    private String full() throws Exception {
        Known known = listeners.step().known();
        String plan = town.plan(known);
        town.made(SEAT, "/v1/queue-items/" + known.item() + "/_consult", "");
        String welfare = town.part(plan, "/participants", "{\"discipline\":\"WELFARE\"}");
        town.part(plan, "/participants", "{\"name\":\"Fake Buurvrouw\",\"loadLimit\":1}");
        town.part(plan, "/goals", "{\"lifeDomain\":\"huisvesting\",\"text\":\"Fictief\",\"writtenBy\":\"resident\"}");
        town.part(plan, "/agreements", agreement(welfare));
        town.part(
                plan,
                "/scores",
                "{\"moment\":\"start\",\"scoredOn\":\"%s\",\"scores\":{\"huisvesting\":3}}"
                        .formatted(ContractTown.today()));
        asked = weighing(plan);
        town.made(WELFARE, "/v1/plans/" + ofWelfare() + "/weighings/" + asked + "/positions", position());
        return plan;
    }

    /** The plan of the weighing that was opened last, as welfare knows it. */
    private String ofWelfare() throws Exception {
        return known.withPart(WELFARE, "vb-noord", asked).orElseThrow();
    }

    private static String agreement(String owner) {
        return "{\"text\":\"Fictief\",\"owner\":\"%s\",\"rung\":\"own-network\",\"dueOn\":\"%s\"}"
                .formatted(owner, ContractTown.today().plusDays(7));
    }

    private static String position() {
        return "{\"position\":\"both\"," + ContractTown.REASON.substring(1);
    }

    private String weighing(String plan) throws Exception {
        return town.part(plan, "/weighings", "{\"question\":\"Fictief: wat weegt het zwaarst?\"}");
    }

    private void parts() {
        on("addParticipant", () -> ofPlan(SEAT, town.plan()));
        on("endParticipation", () -> {
            String plan = town.plan();
            return ofPlan(SEAT, plan).at("part", town.part(plan, "/participants", "{\"discipline\":\"WELFARE\"}"));
        });
        on("addGoal", () -> ofPlan(SEAT, town.plan()));
        on("reachGoal", () -> goal());
        on("dropGoal", () -> goal());
        on("addAgreement", () -> ofPlan(SEAT, town.plan())
                .instead("dueOn", ContractTown.today().plusDays(7).toString()));
        on("finishAgreement", () -> agreed());
        on("dropAgreement", () -> agreed());
        on("addScore", () -> ofPlan(SEAT, town.plan())
                .instead("scoredOn", ContractTown.today().toString()));
        on("openWeighing", () -> ofPlan(SEAT, town.plan()));
        on("takePosition", () -> {
            String plan = town.plan();
            town.part(plan, "/participants", "{\"discipline\":\"WELFARE\"}");
            asked = weighing(plan);
            ContractCall call = ofPlan(WELFARE, ofWelfare()).at("part", asked);
            ContractRights.SEAT.forEach(who -> call.knownTo(who, plan));
            return call;
        });
        on("decideWeighing", () -> {
            String plan = town.plan();
            return ofPlan(SEAT, plan).at("part", weighing(plan));
        });
    }

    private ContractCall goal() throws Exception {
        String plan = town.plan();
        String goal = "{\"lifeDomain\":\"huisvesting\",\"text\":\"Fictief\",\"writtenBy\":\"resident\"}";
        return ofPlan(SEAT, plan).at("part", town.part(plan, "/goals", goal));
    }

    private ContractCall agreed() throws Exception {
        String plan = town.plan();
        return ofPlan(SEAT, plan).at("part", town.part(plan, "/agreements", agreement("coordinator")));
    }

    private void otherContent() {
        clash("sendSignal", () -> client("gemeente-demo").replacing("\"low\"", "\"high\""));
        clash("sendZaak", () -> registered().replacing("\"GEL\"", "\"RUZ\""));
        clash("sendSignalering", () -> registered().replacing("\"GEL\"", "\"BET\""));
        clash("sendPoliceReport", () -> client("politie-demo").replacing("E35", "E12"));
        clash("sendIntake", () -> client("welzijn-demo").replacing("social.isolation", "social.language"));
        clash("sendCareNote", () -> client("zorg-demo").replacing("care.self-neglect", "care.avoidance"));
    }

    private void decidedOtherwise() {
        for (String work : List.of("addGoal", "openWeighing")) {
            clash(work, () -> ofPlan(SEAT, town.known().plan()));
        }
        clash("addAgreement", () -> ofPlan(SEAT, town.known().plan())
                .instead("dueOn", ContractTown.today().plusDays(7).toString()));
        clash("changePlan", () -> {
            String plan = town.plan();
            town.take(plan);
            town.made(
                    SEAT,
                    "/v1/plans/" + plan + "/_close",
                    "{\"outcome\":\"prevented\"," + ContractTown.REASON.substring(1));
            return ofPlan(SEAT, plan).with("If-Match", town.etag(plan));
        });
        clash("closePlan", () -> ofPlan(SEAT, town.plan()));
        clash("takeQueueItem", () -> user("teamleider-demo").at("id", taken()));
        clash("mergePlans", () -> {
            String plan = town.known().plan();
            return ofPlan(SEAT, plan).instead("planId", plan);
        });
        clash("splitPlan", () -> {
            Known stays = town.known();
            ArrayNode goes = Json.MAPPER.createArrayNode().add(again(stays));
            town.made(
                    SEAT,
                    "/v1/plans/" + stays.plan() + "/_handover",
                    "{\"to\":\"vb-zuid\"," + ContractTown.REASON.substring(1));
            return ofPlan(SEAT, stays.plan()).instead("signalIds", goes);
        });
        clash("takePosition", () -> {
            String plan = town.plan();
            town.part(plan, "/participants", "{\"discipline\":\"WELFARE\"}");
            asked = weighing(plan);
            String ofWelfare = ofWelfare();
            town.made(
                    SEAT,
                    "/v1/plans/" + plan + "/weighings/" + asked + "/_decide",
                    "{\"decision\":\"person\"," + ContractTown.REASON.substring(1));
            return ofPlan(WELFARE, ofWelfare).at("part", asked);
        });
        clash("decideObjection", () -> {
            String objection = objection();
            town.made(
                    "privacy-demo",
                    "/v1/objections/" + objection + "/_decide",
                    "{\"outcome\":\"upheld\"," + ContractTown.REASON.substring(1));
            return user("privacy-demo").at("id", objection);
        });
    }

    private void areas() {
        clash("moveAgendaItem", () -> subject(town.raised("area.lighting")).replacing("on-agenda", "picked-up"));
        clash("linkAgendaItem", () -> {
            Raised one = town.raised("area.lighting");
            Raised other = town.raised(one.buurt(), "area.litter", 2);
            link(one, other);
            return subject(other).instead("to", one.item());
        });
    }

    private void link(Raised one, Raised other) throws Exception {
        town.made(
                SEAT,
                "/v1/neighbourhoods/" + one.buurt() + "/agenda/" + one.item() + "/_link",
                "{\"to\":\"" + other.item() + "\"," + ContractTown.REASON.substring(1));
    }

    private void households() {
        on("decideMatch", () -> user(SEAT).at("id", town.match()));
        on("undoMatch", () -> {
            String match = town.match();
            town.made(
                    SEAT,
                    "/v1/matches/" + match + "/_decide",
                    "{\"decision\":\"merge\"," + ContractTown.REASON.substring(1));
            return user(SEAT).at("id", match);
        });
        on("confirmUnit", () -> user(SEAT).at("id", town.unitConflict()));
        on("mergePlans", () -> ofPlan(SEAT, town.known().plan())
                .instead("planId", town.known().plan()));
        on("splitPlan", () -> {
            Known stays = town.known();
            ArrayNode goes = Json.MAPPER.createArrayNode().add(again(stays));
            return ofPlan(SEAT, stays.plan()).instead("signalIds", goes);
        });
        on("undoChange", () -> {
            String merge = "{\"planId\":\"%s\",".formatted(town.known().plan()) + ContractTown.REASON.substring(1);
            String plan = town.known().plan();
            return user(SEAT)
                    .at(
                            "id",
                            town.made(SEAT, "/v1/plans/" + plan + "/_merge", merge)
                                    .get("changeId")
                                    .asText());
        });
        on("markCollective", () -> user("teamleider-demo"));
        on("unmarkCollective", () -> user("teamleider-demo"));
    }

    /** Another signal at the same address. */
    private String again(Known known) throws Exception {
        JsonNode seen = hub.json(hub.get(hub.user(SEAT), "/v1/signals/" + known.signal()));
        int house = seen.at("/address/houseNumber").asInt();
        return town.known(ContractTown.address(house, "")).signal();
    }

    private void neighbourhoods() {
        on("getAgenda", () -> {
            Raised raised = town.raised("area.lighting");
            town.made(
                    SEAT,
                    "/v1/neighbourhoods/" + raised.buurt() + "/agenda/" + raised.item() + "/_status",
                    "{\"status\":\"on-agenda\"}");
            return user(SEAT).at("code", raised.buurt());
        });
        on("moveAgendaItem", () -> subject(town.raised("area.lighting")));
        on("linkAgendaItem", () -> {
            Raised one = town.raised("area.lighting");
            return subject(one)
                    .instead("to", town.raised(one.buurt(), "area.litter", 2).item());
        });
        on("unlinkAgendaItem", () -> {
            Raised one = town.raised("area.lighting");
            link(one, town.raised(one.buurt(), "area.litter", 2));
            return subject(one);
        });
        on("getRollup", () -> {
            String quarter =
                    Quarter.at(Instant.now().minus(Duration.ofDays(1))).before().toString();
            ContractTown.soon(
                    () -> hub.get(hub.user("privacy-demo"), "/v1/neighbourhoods/GM9999/rollup?period=" + quarter)
                                            .statusCode()
                                    == 200
                            ? quarter
                            : null);
            return user("privacy-demo").at("code", "GM9999").ask("period", quarter);
        });
    }

    private ContractCall subject(Raised raised) throws Exception {
        return user(SEAT).at("code", raised.buurt()).at("id", raised.item());
    }

    private void privacy() {
        on("explainRelease", () -> user("privacy-demo").at("id", release()));
        on("explainRelease", () -> user(SEAT).at("id", release()));
        on("listHolds", () -> {
            held();
            return user("privacy-demo");
        });
        on("listHolds", () -> {
            held();
            return client("zorg-demo");
        });
        on("listBreakGlass", () -> {
            town.brokenGlass();
            return user("privacy-demo");
        });
        on("reviewBreakGlass", () -> {
            town.brokenGlass();
            return user("privacy-demo").at("id", firstOf("/v1/break-glass"));
        });
        on("breakGlass", () -> user("wijkagent-demo"));
        on("listDuties", () -> {
            town.brokenGlass();
            return user("privacy-demo");
        });
        on("finishDuty", () -> {
            town.brokenGlass();
            return user("privacy-demo").at("id", firstOf("/v1/duties"));
        });
        on("deferDuty", () -> {
            town.brokenGlass();
            return user("privacy-demo")
                    .at("id", firstOf("/v1/duties"))
                    .instead("until", ContractTown.today().plusDays(30).toString());
        });
        on("exportCitizen", () -> somebodyKnown());
        on("raiseObjection", () -> somebodyKnown());
        on("listObjections", () -> {
            objection();
            return user("privacy-demo");
        });
        on("decideObjection", () -> user("privacy-demo").at("id", objection()));
    }

    private String release() throws Exception {
        String signal = town.known().signal();
        return hub.json(hub.get(hub.user(SEAT), "/v1/signals/" + signal))
                .get("releaseId")
                .asText();
    }

    private String firstOf(String list) throws Exception {
        return town.first(list, "privacy-demo").get("id").asText();
    }

    /** Care's, for want of a consent. */
    private void held() throws Exception {
        String person = ",\"persons\":[{\"role\":\"resident\",\"name\":\"Fake Cliënt\",\"birthDate\":\"1971-05-04\"}]";
        String signal = town.signal(
                "zorg-demo",
                "care.self-neglect",
                "elevated",
                ContractTown.household(ContractTown.address(99, ""), person),
                "");
        ContractTown.soon(
                () -> hub.get(hub.token("zorg-demo"), "/v1/holds").body().contains(signal) ? signal : null);
    }

    /** The person of the examples. */
    private ContractCall somebodyKnown() throws Exception {
        town.signal(
                "gemeente-demo",
                "nuisance.noise",
                "low",
                ContractTown.household(
                        ContractTown.address(97, ""),
                        ",\"persons\":[{\"role\":\"resident\",\"name\":\"Fake Bewoner\",\"birthDate\":\"1970-01-02\",\"bsn\":\"999990342\"}]"),
                "");
        String who = "{\"name\":\"Fake Bewoner\",\"birthDate\":\"1970-01-02\"}";
        ContractTown.soon(() -> hub.json(hub.sendAs(hub.user("privacy-demo"), "/v1/citizens/_export", who))
                        .get("items")
                        .isEmpty()
                ? null
                : who);
        return user("privacy-demo");
    }

    /** Of somebody that a signal names. */
    private String objection() throws Exception {
        String person = ",\"persons\":[{\"role\":\"tenant\",\"name\":\"Fake Bezwaar\",\"birthDate\":\"1958-08-08\"}]";
        String who = "{\"name\":\"Fake Bezwaar\",\"birthDate\":\"1958-08-08\"," + ContractTown.REASON.substring(1);
        town.signal(
                "corporatie-demo",
                "nuisance.noise",
                "low",
                ContractTown.household(ContractTown.address(98, ""), person),
                "");
        return ContractTown.soon(() -> {
            JsonNode answer = hub.json(hub.sendAs(hub.user("privacy-demo"), "/v1/citizens/_object", who));
            return answer.has("id") ? answer.get("id").asText() : null;
        });
    }
}
