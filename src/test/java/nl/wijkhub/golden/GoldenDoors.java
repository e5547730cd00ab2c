package nl.wijkhub.golden;

import static nl.wijkhub.TestStages.CONFIG;

import nl.wijkhub.TestStages;
import nl.wijkhub.app.wiring.PartnerParts;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.partner.care.NoteMapper;
import nl.wijkhub.partner.housing.SignaleringMapper;
import nl.wijkhub.partner.housing.UnitRegister;
import nl.wijkhub.partner.housing.ZaakMapper;
import nl.wijkhub.partner.police.ReportMapper;
import nl.wijkhub.partner.publicspace.MeldingMapper;
import nl.wijkhub.partner.welfare.IntakeMapper;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.SignalReading;

/** What the hub makes of a message at each door of config/partners.yaml. */
final class GoldenDoors {
    private final PartnerParts partners;
    private final SignalReading reading;

    GoldenDoors(TestStages stages) {
        this.partners = new PartnerParts(stages.parts.foundation(), stages.parts.signal());
        this.reading = stages.parts.signal().reading;
    }

    /** Registers a dwelling; false for what is no dwelling. */
    boolean isUnit(GoldenMessage message) {
        if (!message.door().equals("eenheden")) {
            return false;
        }
        var unit = Json.readStrictly(message.body());
        partners.mapper("unitRegister", UnitRegister.class)
                .put(partner(message), unit.get("id").asText(), unit);
        return true;
    }

    SignalDraft draft(GoldenMessage message) {
        Partner partner = partner(message);
        byte[] body = message.body();
        Trace trace = Trace.continuing(null);
        return switch (message.door()) {
            case "zaken" ->
                partners.mapper("zaakMapper", ZaakMapper.class).map(partner, Json.readStrictly(body), trace);
            case "signaleringen" ->
                partners.mapper("signaleringMapper", SignaleringMapper.class)
                        .map(partner, Json.readStrictly(body), trace);
            case "signals" -> reading.one(new Incoming(partner, body, message.mediaType(), null, trace, false));
            case "reports" ->
                partners.mapper("reportMapper", ReportMapper.class).map(partner, body, message.mediaType(), trace);
            case "intakes" ->
                partners.mapper("intakeMapper", IntakeMapper.class).map(partner, body, message.mediaType(), trace);
            case "notes" ->
                partners.mapper("noteMapper", NoteMapper.class).map(partner, body, message.mediaType(), trace);
            case "meldingen" ->
                partners.mapper("meldingMapper", MeldingMapper.class)
                        .map(partner, Json.readStrictly(body), null, trace);
            default -> throw new IllegalArgumentException(message.door());
        };
    }

    private static Partner partner(GoldenMessage message) {
        return CONFIG.partners().get(message.partner());
    }
}
