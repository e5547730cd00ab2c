package nl.wijkhub.lab.demo;

import static nl.wijkhub.lab.demo.DemoMessages.unit;
import static nl.wijkhub.lab.demo.DemoMessages.xml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.lab.demo.DemoMessages.Home;

/** The messages of the demo, each addressed to the door of whoever sends it: its path, its media type, its form. */
final class DemoPost {
    private static final String JSON = "application/json";
    private static final String FHIR = "application/fhir+json";
    private static final String REPORTS = "/v1/partners/police/reports";
    private static final String INTAKES = "/v1/partners/welfare/intakes";
    private static final String NOTES = "/v1/partners/care/notes";
    private static final String SIGNALS = "/v1/signals";

    /** The door where a report has no reference of its own: Idempotency-Key says it. */
    static final String MELDINGEN = "/v1/partners/public-space/signals";

    /**
     * One message to one door.
     *
     * @param reference the sender's own; null for a unit
     * @param home whom it is about; null for a neighbourhood or a unit
     */
    record Send(
            int wave,
            String partner,
            String method,
            String path,
            String mediaType,
            String reference,
            String body,
            Home home) {
        /** Tells a reader who sent what. */
        String told() {
            return partner + " → " + path + " (" + reference + ")";
        }
    }

    private final Instant now;
    private final List<Send> sends = new ArrayList<>();

    DemoPost(Instant now) {
        this.now = now;
    }

    /** Everything that was put in, in that order. */
    List<Send> sends() {
        return List.copyOf(sends);
    }

    Instant ago(int hours) {
        return now.minus(hours, ChronoUnit.HOURS);
    }

    /** A corporation lets it. */
    void dwelling(int wave, String partner, Home home) {
        String path = "/v1/partners/housing/eenheden/" + home.unit();
        sends.add(new Send(wave, partner, "PUT", path, JSON, null, unit(home).toString(), null));
    }

    void zaak(int wave, String partner, String reference, String detail, Home home, int hoursAgo) {
        dwelling(wave, partner, home);
        String body =
                DemoMessages.zaak(reference, detail, home, ago(hoursAgo + 1)).toString();
        sends.add(new Send(wave, partner, "POST", "/v1/partners/housing/zaken", JSON, reference, body, home));
    }

    void police(int wave, ObjectNode report, boolean asXml, Home home) {
        sends.add(new Send(
                wave,
                "politie-demo",
                "POST",
                REPORTS,
                asXml ? "application/xml" : JSON,
                report.get("registratienummer").asText(),
                asXml ? xml(report) : report.toString(),
                home));
    }

    void welfare(int wave, ObjectNode intake, Home home) {
        sends.add(new Send(wave, "welzijn-demo", "POST", INTAKES, FHIR, reference(intake), intake.toString(), home));
    }

    void care(int wave, ObjectNode note, Home home) {
        sends.add(new Send(wave, "zorg-demo", "POST", NOTES, FHIR, reference(note), note.toString(), home));
    }

    void canonical(int wave, String partner, ObjectNode signal, Home home) {
        String reference = signal.get("reference").asText();
        sends.add(new Send(wave, partner, "POST", SIGNALS, JSON, reference, signal.toString(), home));
    }

    void melding(int wave, String reference, ObjectNode melding) {
        sends.add(new Send(wave, "openbare-ruimte-demo", "POST", MELDINGEN, JSON, reference, melding.toString(), null));
    }

    /** Gives the reference of the one Communication in a Bundle. */
    private static String reference(ObjectNode bundle) {
        for (JsonNode entry : bundle.get("entry")) {
            if (entry.at("/resource/resourceType").asText().equals("Communication")) {
                return entry.at("/resource/identifier/0/value").asText();
            }
        }
        throw new IllegalStateException("a demo message without Communication");
    }
}
