package nl.wijkhub.lab.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import nl.wijkhub.kernel.Json;

/** Messages of an invented town, each in its partner's own language. Nobody in them exists. */
final class DemoMessages {
    private static final String DISCIPLINES = "urn:wijkhub:codesystem:discipline";
    private static final String CATEGORY = "urn:wijkhub:codesystem:category";
    private static final String SCORES = "urn:wijkhub:codesystem:zrm-2017";
    private static final String KVK = "http://fhir.nl/fhir/NamingSystem/kvk";
    private static final String UNITS = "https://corporatie.example/eenheden/";

    /** Where somebody lives in the invented town. */
    record Home(String postalCode, int number, String addition) {
        static Home at(String postalCode, int number) {
            return new Home(postalCode, number, null);
        }

        String unit() {
            return "E-" + postalCode.replace(" ", "") + "-" + number + (addition == null ? "" : addition);
        }
    }

    /** Somebody invented; {@code bsn} is a test number or null. */
    record Fake(String name, String birthDate, String bsn) {}

    /**
     * A patient's word about sharing.
     *
     * @param kvk the one organisation of that discipline it is for, by its number in the trade register; null for all
     * @param active false takes it back
     */
    record Said(String identifier, String discipline, String kvk, boolean active) {
        Said(String identifier, String discipline, boolean active) {
            this(identifier, discipline, null, active);
        }
    }

    private DemoMessages() {}

    static ObjectNode unit(Home home) {
        ObjectNode unit = Json.MAPPER.createObjectNode();
        unit.put("postcode", home.postalCode()).put("huisnummer", home.number());
        if (home.addition() != null) {
            unit.put("huisletter", home.addition());
        }
        return unit;
    }

    /** A case of a housing corporation: VERA 4.3. */
    static ObjectNode zaak(String reference, String detail, Home home, Instant at) {
        ObjectNode zaak = Json.MAPPER.createObjectNode();
        zaak.put("idExtern", reference);
        ObjectNode type = zaak.putObject("zaaktype");
        type.putObject("soort").put("code", "SOC");
        type.putObject("detailSoort").put("code", detail);
        zaak.put("registratiedatum", at.toString());
        zaak.putArray("eenheden").add(UNITS + home.unit());
        zaak.putArray("rollen").addObject().put("code", "MEL");
        return zaak;
    }

    /** A wijkagent's report, in its JSON form. */
    static ObjectNode report(
            String reference, String code, Home home, int severity, String article, String decision, Instant at) {
        ObjectNode report = Json.MAPPER.createObjectNode();
        report.put("registratienummer", reference).put("maatschappelijkeKlasse", code);
        report.put("datumTijdKennisname", at.toString()).put("datumTijdVoorval", at.toString());
        ObjectNode place = report.putObject("locatie");
        place.put("postcode", home.postalCode()).put("huisnummer", home.number());
        if (home.addition() != null) {
            place.put("huisnummertoevoeging", home.addition());
        }
        report.putArray("betrokkenen").addObject().put("rol", "betrokkene").put("achternaam", "Fake-Bewoner");
        report.put("ernst", severity).put("toelichting", "Fictief verhaal van de wijkagent.");
        ObjectNode ground = report.putObject("grondslag").put("artikel", article);
        if (decision != null) {
            ground.put("besluit", decision);
        }
        return report;
    }

    /** The same report in XML. */
    static String xml(ObjectNode report) {
        StringBuilder xml = new StringBuilder("<melding xmlns=\"urn:nl:wijkhub:politie:melding:1\">");
        elements(xml, report);
        return xml.append("</melding>").toString();
    }

    private static void elements(StringBuilder xml, ObjectNode node) {
        node.properties().forEach(field -> {
            Iterable<? extends com.fasterxml.jackson.databind.JsonNode> values =
                    field.getValue().isArray() ? field.getValue() : List.of(field.getValue());
            values.forEach(value -> {
                xml.append('<').append(field.getKey()).append('>');
                if (value instanceof ObjectNode object) {
                    elements(xml, object);
                } else {
                    xml.append(value.asText());
                }
                xml.append("</").append(field.getKey()).append('>');
            });
        });
    }

    /** A welfare intake: a FHIR R4 Bundle. */
    static ObjectNode intake(
            String reference,
            String category,
            Home home,
            Fake who,
            Map<String, Integer> scores,
            Said said,
            Instant at) {
        ObjectNode bundle = bundle(home, who, said);
        ObjectNode communication = note(bundle, "Communication", reference);
        communication.put("status", "completed").put("sent", at.toString());
        communication.putArray("category").add(concept(CATEGORY, category));
        communication.putArray("payload").addObject().put("contentString", "Fictief verhaal uit de intake.");
        scores.forEach((domain, value) -> {
            ObjectNode observation = resource(bundle, "Observation", "o-" + domain);
            observation.put("status", "final").put("valueInteger", value);
            observation.set("code", concept(SCORES, domain));
            observation.putObject("subject").put("reference", "Patient/p");
        });
        return bundle;
    }

    /** A care note: a FHIR R4 Bundle. */
    static ObjectNode note(String reference, String category, Home home, Fake who, Said said, Instant at) {
        ObjectNode bundle = bundle(home, who, said);
        ObjectNode communication = note(bundle, "Communication", reference);
        communication.put("status", "completed").put("sent", at.toString());
        communication.putArray("category").add(concept(CATEGORY, category));
        communication.putArray("payload").addObject().put("contentString", "Fictief verhaal uit de zorg.");
        return bundle;
    }

    private static ObjectNode note(ObjectNode bundle, String type, String reference) {
        ObjectNode note = resource(bundle, type, "n");
        note.putArray("identifier").addObject().put("value", reference);
        note.putObject("subject").put("reference", "Patient/p");
        return note;
    }

    private static ObjectNode bundle(Home home, Fake who, Said said) {
        ObjectNode bundle = Json.MAPPER.createObjectNode();
        bundle.put("resourceType", "Bundle").put("type", "collection").putArray("entry");
        ObjectNode patient = resource(bundle, "Patient", "p");
        if (who.bsn() != null) {
            patient.putArray("identifier")
                    .addObject()
                    .put("system", "http://fhir.nl/fhir/NamingSystem/bsn")
                    .put("value", who.bsn());
        }
        patient.putArray("name").addObject().put("text", who.name());
        if (who.birthDate() != null) {
            patient.put("birthDate", who.birthDate());
        }
        ObjectNode address = patient.putArray("address").addObject();
        address.put("postalCode", home.postalCode());
        address.putArray("line")
                .add("Fakestraat " + home.number() + (home.addition() == null ? "" : " " + home.addition()));
        if (said != null) {
            consent(bundle, said);
        }
        return bundle;
    }

    private static void consent(ObjectNode bundle, Said said) {
        ObjectNode consent = resource(bundle, "Consent", "c");
        consent.put("status", said.active() ? "active" : "inactive");
        consent.putArray("identifier").addObject().put("value", said.identifier());
        consent.set("scope", concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"));
        consent.putArray("category").add(concept("http://loinc.org", "59284-0"));
        consent.set("policyRule", concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTOUT"));
        consent.putObject("patient").put("reference", "Patient/p");
        ObjectNode provision = consent.putObject("provision").put("type", "permit");
        ObjectNode actor = provision.putArray("actor").addObject();
        actor.set("role", concept(DISCIPLINES, said.discipline()));
        ObjectNode reference = actor.putObject("reference").put("display", said.discipline());
        if (said.kvk() != null) {
            reference.putObject("identifier").put("system", KVK).put("value", said.kvk());
        }
    }

    /** The canonical signal about a household. */
    static ObjectNode signal(String reference, String category, String severity, Home home, Instant at) {
        ObjectNode signal = canonical(reference, category, severity, at);
        ObjectNode address = signal.putObject("subject").putObject("household").putObject("address");
        address.put("postalCode", home.postalCode()).put("houseNumber", home.number());
        if (home.addition() != null) {
            address.put("addition", home.addition());
        }
        return signal;
    }

    /**
     * A report about public space, in the body of Signalen.
     *
     * @param category main/sub, as Signalen names them
     */
    static ObjectNode melding(String category, String postalCode, Instant at) {
        String[] slugs = category.split("/");
        ObjectNode melding = Json.MAPPER.createObjectNode();
        melding.put("text", "Fictieve melding van een bewoner.");
        melding.putObject("location")
                .putObject("address")
                .put("openbare_ruimte", "Fakestraat")
                .put("huisnummer", 1)
                .put("postcode", postalCode)
                .put("woonplaats", "Voorbeeldstad");
        melding.putObject("category")
                .put("sub_category", "/signals/v1/public/terms/categories/" + slugs[0] + "/sub_categories/" + slugs[1]);
        melding.putObject("reporter").put("email", "melder@example.com").put("sharing_allowed", false);
        return melding.put("incident_date_start", at.toString());
    }

    private static ObjectNode canonical(String reference, String category, String severity, Instant at) {
        ObjectNode signal = Json.MAPPER.createObjectNode();
        signal.put("reference", reference).put("category", category).put("severity", severity);
        return signal.put("occurredAt", at.toString()).put("reportedAt", at.toString());
    }

    private static ObjectNode resource(ObjectNode bundle, String type, String id) {
        ObjectNode resource = ((ArrayNode) bundle.get("entry")).addObject().putObject("resource");
        return resource.put("resourceType", type).put("id", id);
    }

    private static ObjectNode concept(String system, String code) {
        ObjectNode concept = Json.MAPPER.createObjectNode();
        concept.putArray("coding").addObject().put("system", system).put("code", code);
        return concept;
    }
}
