package nl.wijkhub.end2end;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who has the right to each operation, as it is visited first: the household, the plan and the queue of Veilige Buurten Team
 * Noord, in which the municipality has the coordinator's seat. Everybody else is refused. An operation without a row fails.
 */
final class ContractRights {
    /** Users, by their name, and systems, by their client id. */
    static final List<String> USERS = List.of(
            "medewerker-demo",
            "teamleider-demo",
            "wijkagent-demo",
            "woonconsulent-demo",
            "welzijn-lid-demo",
            "zorg-lid-demo",
            "teamleider-zuid",
            "privacy-demo",
            "beheerder-demo");

    static final List<String> SYSTEMS = List.of(
            "corporatie-demo",
            "corporatie-twee",
            "politie-demo",
            "welzijn-demo",
            "opbouwwerk-demo",
            "zorg-demo",
            "gemeente-demo",
            "openbare-ruimte-demo",
            "vb-noord.municipality",
            "vb-noord.care",
            "vb-noord.police",
            "vb-zuid.municipality");

    static final Set<String> SEAT = Set.of("medewerker-demo", "teamleider-demo");
    private static final Set<String> OTHER_SEAT = Set.of("teamleider-zuid");
    static final Set<String> TEAM = Set.of(
            "medewerker-demo",
            "teamleider-demo",
            "wijkagent-demo",
            "woonconsulent-demo",
            "welzijn-lid-demo",
            "zorg-lid-demo");
    private static final Set<String> SEAT_SYSTEM = Set.of("vb-noord.municipality");
    private static final Set<String> TEAM_SYSTEMS = Set.of("vb-noord.municipality", "vb-noord.care", "vb-noord.police");
    private static final Set<String> PARTNERS = Set.copyOf(SYSTEMS.subList(0, 8));
    private static final Set<String> WELFARE = Set.of("welzijn-lid-demo");
    private static final Set<String> CONSULTED = Set.of("zorg-lid-demo", "vb-noord.care", "zorg-demo");
    private static final Set<String> PRIVACY = Set.of("privacy-demo");
    private static final Set<String> ADMINISTRATOR = Set.of("beheerder-demo");

    private static final Map<String, Set<String>> MAY = new LinkedHashMap<>();

    private ContractRights() {}

    static {
        seat(
                "changePlan",
                "getPlanHistory",
                "letPlanSleep",
                "wakePlan",
                "closePlan",
                "askHandover",
                "withdrawHandover");
        seat("addParticipant", "endParticipation", "addGoal", "reachGoal", "dropGoal", "addAgreement", "addScore");
        seat("finishAgreement", "dropAgreement", "openWeighing", "decideWeighing");
        seat("takeQueueItem", "returnQueueItem", "consultCare");
        seat("decideMatch", "undoMatch", "mergePlans", "splitPlan", "undoChange");
        seat("moveAgendaItem", "linkAgendaItem", "unlinkAgendaItem");
        for (String look : List.of("listHandovers", "listMatches", "getQueueItem")) {
            may(look, SEAT, SEAT_SYSTEM);
        }
        // welfare its own list, be it empty
        may("listPlans", SEAT, SEAT_SYSTEM, WELFARE);
        may("getPlan", SEAT, SEAT_SYSTEM, WELFARE);
        may("takePosition", SEAT, WELFARE);
        may("acceptHandover", OTHER_SEAT);
        may("refuseHandover", OTHER_SEAT);
        for (String look :
                List.of("listQueueItems", "followQueue", "getWorkload", "listAttention", "listTasks", "getAgenda")) {
            may(look, TEAM, TEAM_SYSTEMS);
        }
        Set<String> leads = Set.of("teamleider-demo", "woonconsulent-demo");
        may("getLeadTable", leads);
        may("askForAttention", leads);
        // at a seat without a lead whoever sits there answers for it
        may("listAsked", leads, Set.of("wijkagent-demo", "zorg-lid-demo"), WELFARE);
        may("finishAsked", Set.of("wijkagent-demo"));
        // a signal of a corporation: to its sender what became of it, to care and to the corporations of the team
        // nothing
        may(
                "getSignal",
                SEAT,
                Set.of("wijkagent-demo", "welzijn-lid-demo", "corporatie-demo", "vb-noord.police"),
                SEAT_SYSTEM);
        may("readNarrative", WELFARE);
        may("classifyNarrative", WELFARE);
        may("explainRelease", PRIVACY, SEAT, SEAT_SYSTEM);
        may("listUnitConflicts", SEAT, PRIVACY);
        may("confirmUnit", SEAT, PRIVACY);
        for (String duty : List.of(
                "listBreakGlass",
                "reviewBreakGlass",
                "listDuties",
                "finishDuty",
                "deferDuty",
                "exportCitizen",
                "raiseObjection",
                "listObjections",
                "decideObjection")) {
            may(duty, PRIVACY);
        }
        may("breakGlass", TEAM, OTHER_SEAT);
        may("listHolds", PRIVACY, PARTNERS);
        may("getRollup", TEAM, OTHER_SEAT, PRIVACY, TEAM_SYSTEMS, Set.of("vb-zuid.municipality"));
        may("markCollective", Set.of("teamleider-demo"));
        may("unmarkCollective", Set.of("teamleider-demo"));
        // each sees its own list, be it empty; a partner when it subscribed to them
        may("listEscalations", TEAM, OTHER_SEAT, TEAM_SYSTEMS, Set.of("vb-zuid.municipality", "zorg-demo"));
        may("getEscalation", SEAT, SEAT_SYSTEM, Set.of("zorg-demo"));
        may("takeEscalation", SEAT, Set.of("zorg-demo"));
        may("declineEscalation", SEAT, Set.of("zorg-demo"));
        may("listConsultations", CONSULTED);
        may("getConsultation", CONSULTED);
        may("answerConsultation", CONSULTED);
        may("createSubscription", PARTNERS);
        may("listSubscriptions", PARTNERS);
        for (String own : List.of(
                "getSubscription", "endSubscription", "listDeadLetters", "redeliver", "listSubscriptionEvents")) {
            may(own, Set.of("zorg-demo"));
        }
        may("listPartners", ADMINISTRATOR, PARTNERS);
        may("listQuarantine", ADMINISTRATOR, PARTNERS);
        may("replayQuarantined", ADMINISTRATOR, Set.of("corporatie-twee"));
        may("sendSignal", PARTNERS);
        may("findSignal", Set.of("gemeente-demo"));
        Set<String> housing = Set.of("corporatie-demo", "corporatie-twee");
        for (String door :
                List.of("sendZaak", "sendSignalering", "putEenheid", "removeEenheid", "postEenheden", "putEenheden")) {
            may(door, housing);
        }
        may("sendPoliceReport", Set.of("politie-demo"));
        may("sendIntake", Set.of("welzijn-demo"));
        may("sendCareNote", Set.of("zorg-demo"));
        may("sendPublicSpaceSignal", Set.of("openbare-ruimte-demo"));
    }

    private static void seat(String... operations) {
        for (String operation : operations) {
            may(operation, SEAT);
        }
    }

    @SafeVarargs
    private static void may(String operation, Set<String>... who) {
        Set<String> all = new TreeSet<>();
        List.of(who).forEach(all::addAll);
        MAY.put(operation, all);
    }

    static List<String> everybody() {
        return Stream.concat(USERS.stream(), SYSTEMS.stream()).toList();
    }

    static String anyoneWhoMay(String operation) {
        return MAY.get(operation).stream().sorted().findFirst().orElseThrow();
    }

    static boolean may(String operation, String who) {
        if (!MAY.containsKey(operation)) {
            throw new IllegalArgumentException("nobody said who may " + operation);
        }
        return MAY.get(operation).contains(who);
    }

    static String token(RunningHub hub, String who) throws Exception {
        return USERS.contains(who) ? hub.user(who) : hub.token(who);
    }
}
