package nl.wijkhub.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.sharing.fhir.ConsentFixture;
import nl.wijkhub.sharing.fhir.ConsentReading;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Classification;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.web.api.ReleasedSignalJson;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;

/** One case of the oracle as the hub would meet it: a signal full of marks, consents as FHIR resources, one recipient. */
final class OracleCase {
    private static final UUID SIGNAL = new UUID(1, 1);
    private final JsonNode one;
    private final JsonNode in;
    private final Instant at;
    private final List<String> persons = new ArrayList<>();
    private final MatchedSignal matched;
    private final Recipient recipient;
    private final SharingAgreement agreement;

    OracleCase(JsonNode one) throws IOException {
        this.one = one;
        // what the hub itself tells is about some signal, of which nothing may show
        this.in = one.has("signal")
                ? one.path("signal")
                : Json.MAPPER.createObjectNode().put("from", "MUNICIPALITY").put("category", "social.isolation");
        this.at = Instant.parse(one.path("at").asText("2026-11-21") + "T12:00:00Z");
        this.agreement = agreement();
        Recipient asked = recipient(one.path("recipient"));
        this.recipient = one.path("via").asText().equals("break-glass") ? asked.as(RecipientKind.BREAK_GLASS) : asked;
        this.matched = matched();
    }

    /** The case's words for a recipient; an Act alone is another municipal task. */
    private static Recipient recipient(JsonNode sent) {
        RecipientKind kind = sent.has("act")
                ? RecipientKind.MUNICIPAL_ACT
                : RecipientKind.valueOf(
                        sent.path("kind").asText("team").toUpperCase().replace('-', '_'));
        Discipline discipline = sent.path("partner").asText().equals("zorg-demo")
                ? Discipline.CARE
                : Discipline.of(sent.path("discipline").asText()).orElse(null);
        return new Recipient(
                kind,
                sent.path("team").asText("vb-noord"),
                discipline,
                // a team's seat of this organisation; of who is no seat it only says whose it is
                kind == RecipientKind.TEAM && sent.has("discipline")
                        ? sent.path("partner").asText(null)
                        : null,
                sent.path("act").asText(null));
    }

    Decision decide() {
        SharingFacts facts = SharingInputs.facts(
                        matched, new SharingInputs.Said(said(), objections()), false, classified(), at)
                .with(recipient.teamId().equals("vb-noord"));
        facts = new OracleSeats(one, recipient).into(matched, facts);
        if (one.has("event")) {
            facts = ofTheHub(DataClass.T);
        }
        if (one.has("about")) {
            facts = ofTheHub(DataClass.of(one.path("about").asText()).orElseThrow());
        }
        if (one.path("withdrawn").asBoolean()) {
            facts = SharingFixture.but(facts, "withdrawn", true);
        }
        if (one.has("circumstances")) {
            facts = SharingFixture.but(facts, "circumstances", one.path("circumstances"));
        }
        if (one.has("via")) {
            facts = facts.onwardFor(one.path("via").asText().equals("break-glass") ? "vital-interest" : null);
        }
        return new SharingPolicy(agreement).decide(facts, recipient, at);
    }

    /** What the hub itself tells, of a plan or an area: nothing of the signals in it. */
    private SharingFacts ofTheHub(DataClass about) {
        Discipline toldBy = Discipline.of(one.path("toldBy").asText()).orElse(Discipline.MUNICIPALITY);
        return SharingFixture.facts(toldBy, Set.of(about), null);
    }

    /** Everything the recipient gets to see. */
    String shown(Decision decision) {
        if (!decision.releases()) {
            return "";
        }
        Release release = new Release(new UUID(2, 2), SIGNAL, new UUID(3, 3), recipient, decision, at);
        return ReleasedSignalJson.of(ReleasedSignal.of(
                        release,
                        matched,
                        "fake-contact",
                        agreement.sentenceNl(decision.says()),
                        SignalFixture.VOCABULARY::classOfLifeDomain))
                + " " + agreement.groundNl(decision.ground());
    }

    /** What would be found of something in a view, if it were there. */
    List<String> tracesOf(String what) {
        if (what.startsWith("zrm.")) {
            return List.of(what.substring(4));
        }
        return switch (what) {
            case "narrative" -> List.of("fake narrative", "\"narrative\"");
            case "bsn" -> List.of("999990342", "bsn");
            case "reporter" -> List.of("Fake Reporter");
            case "persons" -> List.of("Fake Person", "\"persons\"");
            case "persons.other" -> List.of("Fake Person other");
            case "category" -> List.of(in.path("category").asText(), "\"category\"");
            case "diagnosis" -> List.of("geestelijke-gezondheid", "basale-adl", "\"lifeDomains\"", "\"category\"");
            case "confused" -> List.of("confused", "verward");
            case "address" -> List.of("9990AB");
            case "scores" -> List.of("\"scores\"");
            case "knownToPolice" -> List.of("\"knownToPolice\"");
            // neither the words of another partner nor what came of it
            case "other partners" -> List.of("senderDiscipline", "fake-partner");
            case "outcome" -> List.of("lifeDomains", "severity");
            case "sender" -> List.of(in.path("from").asText());
            case "fake strength" -> List.of("fake strength");
            default -> List.of(persons.contains(what) ? "Fake Person " + what : what);
        };
    }

    /** Rows of the rules that decided or removed something. */
    Set<Integer> rowsThatSpoke(Decision decision) {
        Set<Integer> rows = new TreeSet<>();
        agreement.rules().stream()
                .filter(rule -> rule.id().equals(decision.ruleId())
                        || decision.reasons().contains("removed-by-" + rule.id())
                        // what a rule of one field would have removed is not there to be removed
                        || (rule.effect().field() != null
                                && !decision.fields().contains(rule.effect().field())))
                .forEach(rule -> rows.add(rule.row()));
        return rows;
    }

    private SharingAgreement agreement() throws IOException {
        if (!one.has("agreement")) {
            return SharingFixture.AGREEMENT;
        }
        String text = Files.readString(Path.of("config", SharingAgreement.FILE))
                .replace(
                        "\nvalidUntil: 2030-12-31",
                        "\nvalidUntil: " + one.path("agreement").path("ended").asText("2030-12-31"))
                .replace(
                        "\nvalidFrom: 2026-01-01",
                        "\nvalidFrom: " + one.path("agreement").path("begins").asText("2026-01-01"))
                .replace(
                        "{id: Wams,",
                        one.path("agreement").has("wams")
                                ? "{id: Wams, on: "
                                        + one.path("agreement").path("wams").asText() + ","
                                : "{id: Wams,")
                .replace(
                        "{id: Narratives, on: 2026-01-01,",
                        one.path("agreement").path("narratives").asText().equals("unsigned")
                                ? "{id: Narratives,"
                                : "{id: Narratives, on: 2026-01-01,");
        if (one.path("agreement").has("without")) {
            String rule = one.path("agreement").path("without").asText();
            text = text.replaceAll("(?m)^  - id: " + rule + "\\n(    .*\\n)+", "");
        }
        Path folder = Files.createTempDirectory("agreement");
        Files.writeString(folder.resolve(SharingAgreement.FILE), text);
        List<ConfigFault> faults = new ArrayList<>();
        return SharingAgreement.read(folder, SignalFixture.VOCABULARY.codes(), faults);
    }

    private MatchedSignal matched() {
        Discipline from = Discipline.of(in.path("from").asText()).orElse(null);
        CaseSignal signal = signal();
        AcceptedSignal accepted = new AcceptedSignal(
                SIGNAL,
                "fake-partner",
                from,
                at,
                new Classification(SignalFixture.VOCABULARY).of(signal, Set.of(), from),
                null,
                Trace.continuing(null),
                signal);
        List<UUID> ids = persons.stream().map(p -> new UUID(4, p.hashCode())).toList();
        return new MatchedSignal(
                accepted,
                signal.subject().isHousehold() ? new UUID(3, 3) : null,
                signal.subject(),
                null,
                ids,
                persons.stream().map(List::of).toList());
    }

    private CaseSignal signal() {
        OffsetDateTime time = OffsetDateTime.parse("2026-11-20T10:00:00Z");
        boolean isArea = "neighbourhood".equals(in.path("subject").asText());
        var category =
                SignalFixture.VOCABULARY.category(in.path("category").asText()).orElseThrow();
        List<CaseSignal.Score> scores = new ArrayList<>();
        in.path("zrm")
                .properties()
                .forEach(score -> scores.add(
                        new CaseSignal.Score(score.getKey(), score.getValue().asInt(), LocalDate.parse("2026-11-20"))));
        return CaseSignal.builder()
                .reference("fake-reference")
                .occurredAt(time)
                .reportedAt(time)
                .subject(
                        isArea
                                ? new CaseSignal.Subject(null, new CaseSignal.Neighbourhood("BU99990101", null))
                                : new CaseSignal.Subject(household(), null))
                .category(category.code())
                .senderTerm(
                        new CaseSignal.SenderTerm("fake-system", in.path("code").asText("fake-code"), "fake label"))
                .lifeDomains(category.lifeDomains())
                .severity(Coded.of(Severity.class, in.path("severity").asText("elevated"))
                        .orElseThrow())
                .narrative("fake narrative")
                .knownToPolice(true)
                .experiencedImpact(4)
                .strengths(List.of("fake strength"))
                .informalHelpers(List.of("fake helper"))
                .reporter(new CaseSignal.Reporter(
                        "Fake Reporter",
                        "fake phone",
                        in.path("reporter").path("sharingAllowed").asBoolean(false)))
                .ground(new CaseSignal.GroundClaim(
                        in.has("act")
                                ? in.path("act").asText().replaceFirst("^Wmo$", "Wmo2015")
                                : in.path("ground").path("article").asText("AVG-6-1-f"),
                        in.path("ground").path("decision").asText(null)))
                .scores(scores)
                .build();
    }

    private CaseSignal.Household household() {
        List<CaseSignal.Person> people = new ArrayList<>();
        if (in.path("persons").isEmpty()) {
            persons.add("A");
            people.add(person("A", "tenant", 40));
        }
        for (JsonNode sent : in.path("persons")) {
            String id = sent.path("id").asText();
            persons.add(id);
            people.add(person(
                    id,
                    sent.path("role").asText(sent.path("age").asInt() < 18 ? "child" : "tenant"),
                    sent.path("age").asInt()));
        }
        if (in.path("from").asText().equals("POLICE")) {
            persons.add("other");
            people.add(person("other", "other", 30));
        }
        return new CaseSignal.Household(new Address("9990AB", 12, null, null, null), people);
    }

    private CaseSignal.Person person(String id, String role, int age) {
        LocalDate birth = LocalDate.parse(one.path("at").asText("2026-11-21"))
                .minusYears(age)
                .minusDays(40);
        return new CaseSignal.Person(role, "Fake Person " + id, birth, "999990342", "fake phone");
    }

    /** The data classes a person found in the narrative. */
    private Set<DataClass> classified() {
        Set<DataClass> classes = EnumSet.noneOf(DataClass.class);
        one.path("classified").forEach(code -> classes.add(DataClass.valueOf(code.asText())));
        return classes;
    }

    /** Who objects: to what anybody but police and care says. */
    private Map<String, List<ObjectionStore.Standing>> objections() {
        Map<String, List<ObjectionStore.Standing>> objections = new HashMap<>();
        Set<Discipline> senders = EnumSet.complementOf(EnumSet.of(Discipline.POLICE, Discipline.CARE));
        one.path("objections")
                .forEach(sent -> objections.put(
                        sent.path("person").asText(),
                        List.of(new ObjectionStore.Standing(
                                senders, sent.path("state").asText().equals("upheld")))));
        return objections;
    }

    private Map<String, Set<ConsentStore.Registered>> said() {
        Map<String, Set<ConsentStore.Registered>> said = new HashMap<>();
        int count = 0;
        for (JsonNode sent : one.path("consents")) {
            UUID id = new UUID(5, count++);
            Voice voice = sent.path("by").asText().equals("authority") ? Voice.AUTHORITY : Voice.PERSON;
            ConsentFixture.read(resource(sent), EnumSet.of(voice), at).ifPresent(consent -> said.computeIfAbsent(
                            sent.path("person").asText(), p -> new LinkedHashSet<>())
                    .add(new ConsentStore.Registered(id, consent)));
        }
        return said;
    }

    /** The case's words as a sender would write them in FHIR. */
    private static Consent resource(JsonNode sent) {
        Consent consent = new Consent();
        consent.setStatus(sent.has("withdrawn") ? ConsentState.INACTIVE : ConsentState.ACTIVE);
        consent.setScope(concept(
                "http://terminology.hl7.org/CodeSystem/consentscope",
                sent.path("scope").asText("patient-privacy")));
        boolean permits = sent.path("type").asText().equals("permit");
        consent.setPolicyRule(
                concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", permits ? "OPTOUT" : "OPTIN"));
        consent.getProvision().setType(permits ? ConsentProvisionType.PERMIT : ConsentProvisionType.DENY);
        if (sent.has("period")) {
            Period period = new Period();
            period.setStartElement(new DateTimeType(sent.path("period").get(0).asText()));
            period.setEndElement(new DateTimeType(sent.path("period").get(1).asText()));
            consent.getProvision().setPeriod(period);
        }
        Set<String> actors = new HashSet<>();
        sent.path("actor").forEach(actor -> {
            if (actor.has("organisation")) {
                organisation(
                        consent.getProvision().addActor(),
                        actor.path("organisation").asText());
            } else {
                actors.add(actor.asText());
            }
        });
        if (sent.path("actor").asText().equals("team")) {
            actors.add("TEAM");
        }
        actors.forEach(code -> consent.getProvision().addActor().setRole(concept(ConsentReading.DISCIPLINES, code)));
        return consent;
    }

    /** By its number in the trade register, as partners.yaml has it; nobody's number for who is no partner. */
    private static void organisation(Consent.provisionActorComponent actor, String partner) {
        List<String> demo = List.of(
                "corporatie-demo", "corporatie-twee", "welzijn-demo", "opbouwwerk-demo", "zorg-demo", "zorg-twee");
        actor.setRole(concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"));
        actor.getReference()
                .getIdentifier()
                .setSystem("http://fhir.nl/fhir/NamingSystem/kvk")
                .setValue(demo.contains(partner) ? "9999000" + (demo.indexOf(partner) + 1) : "99990999");
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept().addCoding(new Coding(system, code, null));
    }
}
