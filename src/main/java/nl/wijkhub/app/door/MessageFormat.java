package nl.wijkhub.app.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import nl.wijkhub.app.inbox.PartnerMessage;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.EventAttributes;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalReading;

/**
 * In which language a message was written, when no door says so: by its subject, where that names a door; else by its media
 * type and the doors of its sender. JSON has one media type for five languages: what has a field of the case signal is one,
 * anything else is in its sender's own.
 */
enum MessageFormat {
    SIGNALS("signals", SignalReading.TAKEN),
    HOUSING_ZAKEN("housing", Set.of("application/json")),
    HOUSING_SIGNALERINGEN("housing", Set.of("application/json")),
    HOUSING_EENHEDEN("housing", Set.of("application/x-ndjson")),
    POLICE_REPORTS("police", Set.of("application/xml", "application/json")),
    WELFARE_INTAKES("welfare", Set.of("application/fhir+json", "application/fhir+xml")),
    CARE_NOTES("care", Set.of("application/fhir+json", "application/fhir+xml")),
    PUBLIC_SPACE_SIGNALS("public-space", Set.of("application/json"));

    /** Any of these makes a JSON object a case signal; no other language has one at its top. */
    private static final Set<String> OF_A_SIGNAL =
            Set.of("reference", "subject", "severity", "occurredAt", "reportedAt");

    private final String door;
    private final Set<String> mediaTypes;

    MessageFormat(String door, Set<String> mediaTypes) {
        this.door = door;
        this.mediaTypes = mediaTypes;
    }

    /** The route that reads it, and the last part of the path of its door: {@code housing-zaken}. */
    String route() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The door that its sender needs, as in partners.yaml. */
    String door() {
        return door;
    }

    Set<String> mediaTypes() {
        return mediaTypes;
    }

    static MessageFormat of(PartnerMessage message, Partner partner) {
        return Arrays.stream(values())
                .filter(language -> language.path().equals(message.subject()))
                .findFirst()
                .orElseGet(() -> byContent(message, partner));
    }

    /** Below {@code /v1/partners/}, or {@code signals}. */
    private String path() {
        return this == SIGNALS ? door : door + '/' + route().substring(door.length() + 1);
    }

    private static MessageFormat byContent(PartnerMessage message, Partner partner) {
        return switch (MediaType.bare(message.contentType())) {
            case "application/xml" -> POLICE_REPORTS;
            case "application/fhir+json", "application/fhir+xml" ->
                partner.doors().contains("care") ? CARE_NOTES : WELFARE_INTAKES;
            case "application/json" ->
                EventAttributes.ofProperties(message.properties()) == null ? json(message.body(), partner) : SIGNALS;
            default -> SIGNALS;
        };
    }

    private static MessageFormat json(byte[] body, Partner partner) {
        JsonNode document;
        try {
            document = Json.readStrictly(body);
        } catch (Rejected unreadable) {
            // the same in every language, and told there
            return SIGNALS;
        }
        if (OF_A_SIGNAL.stream().anyMatch(document::has)) {
            return SIGNALS;
        }
        return Arrays.stream(values())
                .filter(language -> language != SIGNALS && language.mediaTypes.contains("application/json"))
                .filter(language -> partner.doors().contains(language.door))
                // a VERA Signalering has an address, a Zaak has units
                .filter(language -> language != (document.has("adres") ? HOUSING_ZAKEN : HOUSING_SIGNALERINGEN))
                .findFirst()
                .orElse(SIGNALS);
    }
}
