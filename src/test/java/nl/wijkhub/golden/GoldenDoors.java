package nl.wijkhub.golden;

import static nl.wijkhub.TestStages.CONFIG;

import nl.wijkhub.TestStages;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.partner.care.NoteMapper;
import nl.wijkhub.partner.housing.SignaleringMapper;
import nl.wijkhub.partner.housing.UnitRegister;
import nl.wijkhub.partner.housing.UnitStore;
import nl.wijkhub.partner.housing.ZaakMapper;
import nl.wijkhub.partner.police.ReportMapper;
import nl.wijkhub.partner.publicspace.MeldingMapper;
import nl.wijkhub.partner.welfare.IntakeMapper;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.CloudEventReading;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.team.PlaceAreas;

/** What the hub makes of a message at each door of config/partners.yaml. */
final class GoldenDoors {
    private final TestStages stages;
    private final UnitStore units;
    private final UnitRegister register;
    private final SignalReading reading;

    GoldenDoors(TestStages stages) {
        this.stages = stages;
        this.units = new UnitStore(stages.database, stages.vault, stages.clock);
        this.register = new UnitRegister(units, stages.clock);
        CaseSignalMapper mapper =
                new CaseSignalMapper(new SignalSchema(), CONFIG.vocabulary(), stages.accept::knows, stages.clock);
        this.reading = new SignalReading(mapper, new CloudEventReading(mapper, stages.clock), 1_048_576);
    }

    /** Registers a dwelling; false for what is no dwelling. */
    boolean isUnit(GoldenMessage message) {
        if (!message.door().equals("eenheden")) {
            return false;
        }
        var unit = Json.readStrictly(message.body());
        register.put(partner(message), unit.get("id").asText(), unit);
        return true;
    }

    SignalDraft draft(GoldenMessage message) {
        Partner partner = partner(message);
        byte[] body = message.body();
        Trace trace = Trace.continuing(null);
        return switch (message.door()) {
            case "zaken" ->
                new ZaakMapper(CONFIG.veraCodes(), CONFIG.vocabulary(), units, stages.clock)
                        .map(partner, Json.readStrictly(body), trace);
            case "signaleringen" ->
                new SignaleringMapper(CONFIG.veraCodes(), CONFIG.vocabulary(), units, stages.clock)
                        .map(partner, Json.readStrictly(body), trace);
            case "signals" -> reading.one(new Incoming(partner, body, message.mediaType(), null, trace, false));
            case "reports" ->
                new ReportMapper(CONFIG.policeCodes(), CONFIG.vocabulary(), stages.clock)
                        .map(partner, body, message.mediaType(), trace);
            case "intakes" ->
                new IntakeMapper(CONFIG.intakeCodes(), stages.clock).map(partner, body, message.mediaType(), trace);
            case "notes" ->
                new NoteMapper(CONFIG.noteCodes(), stages.clock).map(partner, body, message.mediaType(), trace);
            case "meldingen" ->
                new MeldingMapper(
                                CONFIG.meldingCodes(),
                                CONFIG.vocabulary(),
                                new PlaceAreas(CONFIG.neighbourhoods(), CONFIG.teams())::area,
                                stages.accept::acceptedAt,
                                stages.clock)
                        .map(partner, Json.readStrictly(body), null, trace);
            default -> throw new IllegalArgumentException(message.door());
        };
    }

    private static Partner partner(GoldenMessage message) {
        return CONFIG.partners().get(message.partner());
    }
}
