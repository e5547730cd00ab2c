package nl.wijkhub.web.fhir;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.fhir.ConsentResources;
import nl.wijkhub.sharing.fhir.FhirOutcome;
import nl.wijkhub.sharing.fhir.PatientReading;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.fhir.FhirCapabilities;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.ProblemAnswer;

/**
 * {@code /fhir}: what is there, and consents as whoever registered them finds them again; the privacy officer finds any
 * by its id. What names a person is asked in the body of {@code POST /fhir/Consent/_search}, never in a URL. Failures
 * are OperationOutcomes.
 */
public final class FhirApi {
    public static final String DOOR = "consents";
    private static final int LARGEST_PAGE = 100;
    private static final Set<String> IN_URL = Set.of("status", "_count", "_format");
    private static final Set<String> IN_BODY =
            Set.of("status", "_count", "_format", "identifier", "patient.identifier", "patient:identifier");

    private final ConsentResources consents;
    private final FhirCapabilities capabilities;
    private final HouseholdMatch households;
    private final Partners partners;
    private final Teams teams;
    private final ProcessingLogStore processingLog;
    private final Clock clock;

    public FhirApi(
            ConsentResources consents,
            FhirCapabilities capabilities,
            HouseholdMatch households,
            ProcessingLogStore processingLog,
            Partners partners,
            Teams teams,
            Clock clock) {
        this.consents = consents;
        this.capabilities = capabilities;
        this.households = households;
        this.processingLog = processingLog;
        this.partners = partners;
        this.teams = teams;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.get("/fhir/metadata").handler(ctx -> answer(ctx, () -> capabilities.text(wanted(ctx))));
        router.get("/fhir/Consent")
                .handler(ctx -> answer(ctx, () -> search(caller(ctx), query(ctx), IN_URL, wanted(ctx))));
        router.get("/fhir/Consent/:id").handler(ctx -> answer(ctx, () -> read(ctx)));
    }

    public static boolean isFhir(String path) {
        return path != null && (path.equals("/fhir") || path.startsWith("/fhir/"));
    }

    /** JSON, unless XML alone is asked for. */
    public static String wanted(String accept) {
        List<MediaType> asked = MediaType.listed(accept);
        return asked.stream().anyMatch(MediaType::isXml) && asked.stream().noneMatch(MediaType::isJson)
                ? ConsentResources.XML
                : ConsentResources.JSON;
    }

    /** {@code _format} beats the header: a browser cannot set one. */
    static String wanted(RoutingContext ctx) {
        String format = ctx.request().getParam("_format");
        // a plus in a query is a space
        return wanted(format == null ? ctx.request().getHeader("Accept") : format.replace(' ', '+'));
    }

    /** The type of resource a path under {@code /fhir} is about. */
    public static String resourceOf(String path) {
        String[] steps = path.split("/");
        return steps.length > 2 ? steps[2] : "Resource";
    }

    /**
     * A failure under {@code /fhir}.
     *
     * @param resource the type of what was sent
     */
    public static String outcome(String resource, Throwable failure, Trace trace, String mediaType) {
        return FhirOutcome.text(
                resource, ProblemAnswer.problemOf(failure), ProblemAnswer.faultsOf(failure), trace, mediaType);
    }

    private static void answer(RoutingContext ctx, Callable<String> work) {
        Answers.later(ctx, work, text -> ctx.response()
                .putHeader("Content-Type", wanted(ctx))
                .end(text));
    }

    private Partner caller(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        return partners.find(caller.clientId())
                .filter(partner -> caller.user() == null && partner.doors().contains(DOOR))
                .orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
    }

    private String read(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        boolean isPrivacyOfficer = caller.is(Role.PRIVACY_OFFICER, teams);
        ConsentResources.Answer found = consents.read(
                        id, isPrivacyOfficer ? null : caller(ctx).id(), wanted(ctx))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        if (isPrivacyOfficer) {
            Instant now = clock.instant();
            processingLog.insert(List.of(new ProcessingRecord(
                    caller.trace(),
                    "consent-read",
                    now,
                    now,
                    null,
                    id,
                    "consent",
                    AccessedBy.reads(caller.user(), Role.PRIVACY_OFFICER.code()))));
        }
        ctx.response().putHeader("ETag", "W/\"" + found.version() + "\"");
        return found.text();
    }

    /** The resource a partner just registered. */
    public String resource(UUID id, Partner partner, String mediaType) {
        return consents.read(id, partner.id(), mediaType).orElseThrow().text();
    }

    private static Map<String, String> query(RoutingContext ctx) {
        Map<String, String> asked = new LinkedHashMap<>();
        MultiMap sent = ctx.queryParams();
        sent.names().forEach(name -> asked.put(name, sent.get(name)));
        return asked;
    }

    /** What is asked in the body of a search. */
    public String search(Partner partner, Map<String, String> form, String mediaType) {
        return search(partner, form, IN_BODY, mediaType);
    }

    private String search(Partner partner, Map<String, String> asked, Set<String> allowed, String mediaType) {
        List<Fault> faults = new ArrayList<>();
        asked.keySet().stream()
                .filter(name -> !allowed.contains(name))
                .forEach(name ->
                        faults.add(Fault.of("", IN_BODY.contains(name) ? "not-in-url" : "unknown-parameter.search")));
        int size = size(asked.get("_count"), faults);
        String person = asked.getOrDefault("patient:identifier", asked.get("patient.identifier"));
        String bsn = person == null ? null : bsn(person, faults);
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
        String subject = bsn == null ? null : households.keysOfBsn(bsn).get(0);
        String status = asked.get("status");
        return consents.search(
                partner.id(),
                asked.get("identifier"),
                subject,
                status == null ? Set.of() : Set.of(status.split(",")),
                size,
                mediaType);
    }

    private static int size(String sent, List<Fault> faults) {
        if (sent == null) {
            return LARGEST_PAGE;
        }
        if (!sent.matches("[0-9]{1,4}") || Integer.parseInt(sent) < 1) {
            faults.add(Fault.of("", "wrong-form.count"));
            return 1;
        }
        return Math.min(LARGEST_PAGE, Integer.parseInt(sent));
    }

    private static String bsn(String sent, List<Fault> faults) {
        String[] parts = sent.split("\\|", 2);
        if (parts.length < 2 || !PatientReading.BSN_SYSTEM.equals(parts[0]) || parts[1].isBlank()) {
            faults.add(Fault.of("", "wrong-form.patient", PatientReading.BSN_SYSTEM));
            return null;
        }
        return parts[1];
    }
}
