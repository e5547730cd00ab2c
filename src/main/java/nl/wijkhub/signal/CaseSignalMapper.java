package nl.wijkhub.signal;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.CaseSignal.GroundClaim;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.CaseSignal.Neighbourhood;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.CaseSignal.Reporter;
import nl.wijkhub.signal.CaseSignal.SenderTerm;
import nl.wijkhub.signal.CaseSignal.Sensitivity;
import nl.wijkhub.signal.CaseSignal.Subject;
import nl.wijkhub.signal.CaseSignal.WorkerSafety;
import nl.wijkhub.signal.Partners.Partner;

/**
 * The canonical door: JSON as published → case signal, field by field under the same name.
 * Source: schema/case-signal.json. In: one JSON object. Out: a draft without faults.
 * Rejects: everything the schema refuses, and what it cannot say: dates ahead, postal codes that cannot exist, unknown
 * categories and life domains, BSNs that fail the eleven test or may not be sent, households without address or person.
 */
public final class CaseSignalMapper {
    /** Values in one document: a full signal about thirty persons has fewer than 300. */
    private static final int MOST_VALUES = 2_000;

    private final SignalSchema schema;
    private final Vocabulary vocabulary;
    private final BiPredicate<String, String> knowsReference;
    private final Clock clock;

    /**
     * @param knowsReference whether a partner sent something under a reference before: (partner id, reference)
     */
    public CaseSignalMapper(
            SignalSchema schema, Vocabulary vocabulary, BiPredicate<String, String> knowsReference, Clock clock) {
        this.schema = schema;
        this.vocabulary = vocabulary;
        this.knowsReference = knowsReference;
        this.clock = clock;
    }

    public SignalDraft map(Partner partner, JsonNode document, Trace trace) {
        Checks checks = new Checks(clock);
        if (isHuge(document)) {
            throw Rejected.of(Problem.INVALID_INPUT, "", "too-many-values.signal", MOST_VALUES);
        }
        schema.check(document, checks);
        Reading read = new Reading(partner, checks);
        CaseSignal signal = read.signal(document);
        checks.orReject();
        return new SignalDraft(partner.id(), signal, "/reference", Json.canonical(document), Set.of(), trace);
    }

    private static boolean isHuge(JsonNode document) {
        Deque<JsonNode> open = new ArrayDeque<>(List.of(document));
        int values = 0;
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            values += node.size();
            if (values > MOST_VALUES) {
                return true;
            }
            node.forEach(open::push);
        }
        return false;
    }

    /** Reads what it can, so that one answer names every fault; a field the schema refused is simply left out. */
    private final class Reading {
        private final Partner partner;
        private final Checks checks;

        Reading(Partner partner, Checks checks) {
            this.partner = partner;
            this.checks = checks;
        }

        CaseSignal signal(JsonNode in) {
            String category = category(in);
            return CaseSignal.builder()
                    // a pseudonym is kept; many a sender's own number is nine digits long
                    .reference(text(in, "reference"))
                    .occurredAt(time(in, "occurredAt"))
                    .reportedAt(time(in, "reportedAt"))
                    .subject(subject(in.path("subject")))
                    .category(category)
                    .senderTerm(senderTerm(in.get("senderTerm")))
                    .lifeDomains(lifeDomains(in.path("lifeDomains"), category))
                    .severity(severity(in, category))
                    .sensitivity(sensitivity(in))
                    .narrative(freeText(in, "", "narrative"))
                    .knownToPolice(
                            in.has("knownToPolice") ? in.get("knownToPolice").asBoolean() : null)
                    .experiencedImpact(
                            in.has("experiencedImpact")
                                    ? in.get("experiencedImpact").asInt()
                                    : null)
                    .strengths(freeTexts(in, "strengths"))
                    .informalHelpers(freeTexts(in, "informalHelpers"))
                    .reporter(reporter(in.get("reporter")))
                    .workerSafety(workerSafety(in.get("workerSafety")))
                    .ground(ground(in.get("ground")))
                    .supersedes(supersedes(in))
                    .build();
        }

        /** A reference of another sender gives the same answer as one that nobody ever used. */
        private String supersedes(JsonNode in) {
            String reference = text(in, "supersedes");
            if (reference != null
                    && !checks.isFaulty("/supersedes")
                    && (reference.equals(text(in, "reference")) || !knowsReference.test(partner.id(), reference))) {
                checks.fault("/supersedes", "unknown-reference");
            }
            return reference;
        }

        private String category(JsonNode in) {
            String code = text(in, "category");
            if (code != null && vocabulary.category(code).isEmpty()) {
                checks.fault("/category", "unknown-category");
            }
            return code;
        }

        private Severity severity(JsonNode in, String category) {
            Severity sent = Coded.of(Severity.class, text(in, "severity")).orElse(Severity.LOW);
            return vocabulary
                    .category(category)
                    .map(c -> sent.atLeast(c.severity()))
                    .orElse(sent);
        }

        private Sensitivity sensitivity(JsonNode in) {
            return switch (in.path("sensitivity").asText("normal")) {
                case "health" -> Sensitivity.HEALTH;
                case "criminal" -> Sensitivity.CRIMINAL;
                case "child-safety" -> Sensitivity.CHILD_SAFETY;
                default -> Sensitivity.NORMAL;
            };
        }

        private List<String> lifeDomains(JsonNode in, String category) {
            if (!in.isArray()) {
                return vocabulary
                        .category(category)
                        .map(Vocabulary.Category::lifeDomains)
                        .orElse(List.of());
            }
            List<String> codes = new ArrayList<>();
            for (int i = 0; i < in.size(); i++) {
                if (in.get(i).isTextual()
                        && !vocabulary.knowsLifeDomain(in.get(i).asText())) {
                    checks.fault(at("/lifeDomains", i), "unknown-life-domain");
                }
                codes.add(in.get(i).asText());
            }
            return codes;
        }

        private Subject subject(JsonNode in) {
            if (in.path("neighbourhood").isObject()) {
                JsonNode area = in.get("neighbourhood");
                String place = text(area, "place");
                if (place != null
                        && place.replaceAll("[1-9][0-9]{3} ?[A-Za-z]{2}", "").matches(".*[0-9].*")) {
                    checks.fault("/subject/neighbourhood/place", "house-number-not-allowed");
                }
                return new Subject(
                        null,
                        new Neighbourhood(text(area, "buurtCode"), freeText(area, "/subject/neighbourhood", "place")));
            }
            if (!in.path("household").isObject()) {
                return null;
            }
            if (partner.discipline() == Discipline.RESIDENT) {
                checks.fault("/subject/household", "household-not-allowed");
            }
            return new Subject(household(in.get("household")), null);
        }

        private Household household(JsonNode in) {
            String here = "/subject/household";
            Address address = in.path("address").isObject() ? address(in.get("address"), at(here, "address")) : null;
            List<Person> persons = new ArrayList<>();
            for (int i = 0; i < list(in, "persons").size(); i++) {
                persons.add(person(in.get("persons").get(i), at(at(here, "persons"), i)));
            }
            boolean somebody = persons.stream().anyMatch(p -> p.name() != null || p.bsn() != null);
            if (!in.path("address").isObject() && !somebody) {
                checks.fault(here, "address-or-person");
            }
            return new Household(address, persons);
        }

        private Address address(JsonNode in, String here) {
            String postalCode = Address.normalPostalCode(text(in, "postalCode"));
            if (postalCode == null && in.path("postalCode").isTextual()) {
                checks.fault(at(here, "postalCode"), "no-such-postal-code");
            }
            int number = 0;
            JsonNode sent = in.path("houseNumber");
            if (sent.isIntegralNumber() && sent.canConvertToInt()) {
                number = sent.asInt();
            } else if (sent.isTextual() && sent.asText().strip().matches("[0-9]{1,5}")) {
                number = Integer.parseInt(sent.asText().strip());
            }
            if (number < 1 && in.has("houseNumber")) {
                checks.fault(at(here, "houseNumber"), "out-of-range.house-number");
            }
            String bagId = text(in, "bagId");
            if (bagId != null && !Address.isBagId(bagId)) {
                checks.fault(at(here, "bagId"), "no-such-bag-id");
            }
            return new Address(
                    postalCode,
                    number,
                    Address.normalPart(text(in, "houseLetter")),
                    Address.normalPart(text(in, "addition")),
                    bagId);
        }

        private Person person(JsonNode in, String here) {
            String bsn = text(in, "bsn");
            if (in.has("bsn") && !partner.maySendBsn()) {
                checks.fault(at(here, "bsn"), "bsn-not-allowed");
            } else if (bsn != null && !Bsn.isValid(bsn)) {
                checks.fault(at(here, "bsn"), "bsn-invalid");
            }
            LocalDate birthDate = date(in, here, "birthDate");
            if (birthDate != null && birthDate.isAfter(checks.now().toLocalDate())) {
                checks.fault(at(here, "birthDate"), "date-in-future.birth-date");
            }
            return new Person(
                    text(in, "role"), freeText(in, here, "name"), birthDate, bsn, freeText(in, here, "phone"));
        }

        private SenderTerm senderTerm(JsonNode in) {
            return in == null || !in.isObject()
                    ? null
                    : new SenderTerm(text(in, "system"), text(in, "code"), freeText(in, "/senderTerm", "label"));
        }

        private Reporter reporter(JsonNode in) {
            return in == null || !in.isObject()
                    ? null
                    : new Reporter(
                            freeText(in, "/reporter", "name"),
                            freeText(in, "/reporter", "phone"),
                            in.path("sharingAllowed").asBoolean(false));
        }

        private WorkerSafety workerSafety(JsonNode in) {
            return in == null || !in.isObject()
                    ? null
                    : new WorkerSafety(freeText(in, "/workerSafety", "advice"), date(in, "/workerSafety", "until"));
        }

        private GroundClaim ground(JsonNode in) {
            if (in != null && in.isObject()) {
                return new GroundClaim(text(in, "article"), text(in, "decision"));
            }
            if (in == null && partner.defaultGround() == null) {
                checks.fault("/ground", "missing.named-ground");
            }
            return new GroundClaim(partner.defaultGround(), null);
        }

        private OffsetDateTime time(JsonNode in, String field) {
            String text = text(in, field);
            if (text == null || checks.isFaulty("/" + field)) {
                return null;
            }
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                checks.notInFuture("/" + field, time);
                return time;
            } catch (DateTimeException e) {
                checks.fault("/" + field, "wrong-form.time");
                return null;
            }
        }

        private LocalDate date(JsonNode in, String here, String field) {
            String text = text(in, field);
            if (text == null || checks.isFaulty(at(here, field))) {
                return null;
            }
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                checks.fault(at(here, field), "wrong-form.partner-date");
                return null;
            }
        }

        private List<String> freeTexts(JsonNode in, String field) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < list(in, field).size(); i++) {
                String text = in.get(field).get(i).asText();
                checks.noBsn(at("/" + field, i), text, partner.maySendBsn());
                texts.add(text);
            }
            return texts;
        }

        private String freeText(JsonNode in, String here, String field) {
            String text = text(in, field);
            checks.noBsn(at(here, field), text, partner.maySendBsn());
            return text;
        }

        /** What is no list counts as an empty one here; the schema has said so already. */
        private static JsonNode list(JsonNode in, String field) {
            return in.path(field).isArray() ? in.get(field) : Json.MAPPER.createArrayNode();
        }

        private static String text(JsonNode in, String field) {
            return in.path(field).isTextual() ? in.get(field).asText() : null;
        }
    }
}
