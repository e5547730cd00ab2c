package nl.wijkhub.partner.police;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.Vocabulary;

/**
 * Wijkagent report → case signal.
 * Source: schema/police-report.xsd, and its JSON form with the same names. In: a JSON tree, or the bytes of the XML. Out: a draft about the
 * household of one address, or about one neighbourhood; the ground is the sender's own, it has no default.
 * Rejects: what is missing or misspelt, an address and a buurtcode together or neither, persons with a buurtcode, a BSN that
 * fails the elfproef or stands in the narrative, a role nobody knows. An incident code that the table lacks is taken under the
 * general category and flagged; its meaning is unknown, so it has class H and is shared with nobody.
 */
public final class ReportMapper {
    private static final Set<String> FIELDS = Set.of(
            "registratienummer",
            "maatschappelijkeKlasse",
            "datumTijdKennisname",
            "datumTijdVoorval",
            "locatie",
            "betrokkenen",
            "ernst",
            "toelichting",
            "grondslag");
    private static final Set<String> ARTICLES = Set.of("Wpg16", "Wpg18", "Wpg19", "Wpg20");
    private static final int MOST_PERSONS = 30;

    private final PoliceCodes codes;
    private final Vocabulary vocabulary;
    private final Clock clock;

    public ReportMapper(PoliceCodes codes, Vocabulary vocabulary, Clock clock) {
        this.codes = codes;
        this.vocabulary = vocabulary;
        this.clock = clock;
    }

    public SignalDraft map(Partner partner, JsonNode report, Trace trace) {
        return map(partner, report, new Checks(clock), trace);
    }

    /** The same of the XML form; what is wrong with its elements is told along with the rest. */
    public SignalDraft mapXml(Partner partner, byte[] xml, Trace trace) {
        Checks checks = new Checks(clock);
        return map(partner, ReportXml.read(xml, checks), checks, trace);
    }

    private SignalDraft map(Partner partner, JsonNode report, Checks checks, Trace trace) {
        ReportReading read = new ReportReading(report, checks);
        read.nothingElse("", report, FIELDS);
        String reference = read.text("", report, "registratienummer", 128, true); // registratienummer → reference 1..1
        String code = read.text(
                "", report, "maatschappelijkeKlasse", 40, true); // maatschappelijkeKlasse → category, senderTerm 1..1
        OffsetDateTime reportedAt = read.time("datumTijdKennisname"); // datumTijdKennisname → reportedAt 1..1
        OffsetDateTime occurredAt = read.time("datumTijdVoorval"); // datumTijdVoorval → occurredAt 1..1
        JsonNode place = report.path("locatie"); // locatie → subject 1..1
        Address address = read.address(place);
        String buurt = read.buurt(place);
        Integer ernst = read.number("", report, "ernst", 1, 4); // ernst → severity 1..1
        String narrative = read.text("", report, "toelichting", 8000, false); // toelichting → narrative 0..1
        checks.noBsn("/toelichting", narrative, partner.maySendBsn());
        CaseSignal.GroundClaim ground = ground(report.path("grondslag"), read, checks); // grondslag → ground 1..1
        People people = people(report, partner, read, checks); // betrokkenen → persons, reporter 0..30
        if (buurt != null && !people.persons().isEmpty()) {
            checks.fault("/betrokkenen", "persons-without-household");
        }
        checks.orReject();
        PoliceCodes.Row row = codes.find(code).orElse(codes.unknown());
        Vocabulary.Category category = vocabulary.category(row.category()).orElseThrow();
        CaseSignal signal = CaseSignal.builder()
                .reference(reference)
                .occurredAt(occurredAt)
                .reportedAt(reportedAt)
                .subject(
                        address == null
                                ? new CaseSignal.Subject(null, new CaseSignal.Neighbourhood(buurt, null))
                                : new CaseSignal.Subject(new CaseSignal.Household(address, people.persons()), null))
                .category(category.code())
                .senderTerm(new CaseSignal.SenderTerm(
                        codes.system(), code, null, codes.find(code).isPresent() ? null : false))
                .lifeDomains(row.domains())
                .severity(codes.severity(ernst).atLeast(row.severity()).atLeast(category.severity()))
                .narrative(narrative)
                .reporter(people.reporter())
                .ground(ground)
                .build();
        return new SignalDraft(
                partner.id(), signal, "/registratienummer", Json.canonical(report), row.classes(), trace);
    }

    private static CaseSignal.GroundClaim ground(JsonNode in, ReportReading read, Checks checks) {
        if (!in.isObject()) {
            checks.fault("/grondslag", "missing.ground");
            return null;
        }
        read.nothingElse("/grondslag", in, Set.of("artikel", "besluit"));
        String article = read.text("/grondslag", in, "artikel", 40, true);
        if (article != null && !ARTICLES.contains(article)) {
            checks.fault("/grondslag/artikel", "not-in-list.article");
        }
        return new CaseSignal.GroundClaim(article, read.text("/grondslag", in, "besluit", 128, false));
    }

    private record People(List<Person> persons, CaseSignal.Reporter reporter) {}

    private People people(JsonNode report, Partner partner, ReportReading read, Checks checks) {
        List<Person> persons = new ArrayList<>();
        CaseSignal.Reporter reporter = null;
        JsonNode list = report.path("betrokkenen");
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            checks.fault("/betrokkenen", "wrong-type.persons");
        }
        if (list.size() > MOST_PERSONS) {
            checks.fault("/betrokkenen", "too-many.persons", MOST_PERSONS);
            return new People(List.of(), null);
        }
        for (int i = 0; i < (list.isArray() ? list.size() : 0); i++) {
            String here = at("/betrokkenen", i);
            Person person = read.person(here, list.get(i), partner.maySendBsn(), codes);
            if (person == null) {
                continue;
            }
            if (person.role().equals(PoliceCodes.REPORTER)) {
                // who reported stays with the police; that somebody did, is kept and never passes
                reporter = new CaseSignal.Reporter(null, null, false);
            } else if (!person.role().equals(PoliceCodes.LEAVE)) {
                persons.add(person);
            }
        }
        return new People(persons, reporter);
    }
}
