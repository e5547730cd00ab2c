package nl.wijkhub.golden;

import static nl.wijkhub.TestStages.CONFIG;

import java.nio.file.Path;
import java.util.Map;
import nl.wijkhub.PartnerRoutes;
import nl.wijkhub.TestStages;
import nl.wijkhub.app.wiring.PartnerParts;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.SignalReading;

/** What the hub makes of a message at each door of config/partners.yaml, by the routes of routes/. */
final class GoldenDoors {
    /** Door of a golden case → the route that reads its body. */
    private static final Map<String, String> FORMATS = Map.of(
            "zaken", "housing-zaken",
            "signaleringen", "housing-signaleringen",
            "eenheden", "housing-eenheid",
            "reports", "police-reports",
            "intakes", "welfare-intakes",
            "notes", "care-notes",
            "meldingen", "public-space-signals");

    /** One for all cases, under a clock that is set to that of the case. */
    private static final TestStages LENT = new TestStages();

    private static final PartnerRoutes ROUTES = new PartnerRoutes(
            new PartnerParts(LENT.parts.foundation(), LENT.parts.signal(), LENT.parts.household()), Path.of("routes"));

    private final TestStages stages;
    private final SignalReading reading;

    GoldenDoors(TestStages stages) {
        this.stages = stages;
        this.reading = stages.parts.signal().reading;
    }

    /** Registers a dwelling; false for what is no dwelling. */
    boolean isUnit(GoldenMessage message) {
        if (!message.door().equals("eenheden")) {
            return false;
        }
        String id = Json.readStrictly(message.body()).get("id").asText();
        read(message, Map.of("eenheid", id));
        return true;
    }

    SignalDraft draft(GoldenMessage message) {
        if (message.door().equals("signals")) {
            return reading.one(new Incoming(
                    partner(message), message.body(), message.mediaType(), null, Trace.continuing(null), false));
        }
        return (SignalDraft) read(message, Map.of());
    }

    private Object read(GoldenMessage message, Map<String, Object> headers) {
        LENT.clock.set(stages.clock.instant());
        return ROUTES.read(FORMATS.get(message.door()), partner(message), message.body(), message.mediaType(), headers);
    }

    private static Partner partner(GoldenMessage message) {
        return CONFIG.partners().get(message.partner());
    }
}
