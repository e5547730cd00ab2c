package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import nl.wijkhub.partner.care.NoteMapper;
import nl.wijkhub.partner.housing.SignaleringMapper;
import nl.wijkhub.partner.housing.UnitRegister;
import nl.wijkhub.partner.housing.UnitStore;
import nl.wijkhub.partner.housing.ZaakMapper;
import nl.wijkhub.partner.police.ReportMapper;
import nl.wijkhub.partner.publicspace.MeldingMapper;
import nl.wijkhub.partner.welfare.IntakeMapper;
import nl.wijkhub.sharing.fhir.ConsentMapper;
import nl.wijkhub.team.PlaceAreas;

/** The languages of the partners: one mapper for each door, under the name its route knows it by. */
public final class PartnerParts {
    private final Map<String, Object> mappers = new LinkedHashMap<>();

    public PartnerParts(Foundation foundation, SignalParts signal) {
        HubConfig config = foundation.config();
        Clock clock = foundation.clock();
        UnitStore units = new UnitStore(foundation.database(), foundation.vault(), clock);
        mappers.put("zaakMapper", new ZaakMapper(config.veraCodes(), config.vocabulary(), units, clock));
        mappers.put("signaleringMapper", new SignaleringMapper(config.veraCodes(), config.vocabulary(), units, clock));
        mappers.put("unitRegister", new UnitRegister(units, clock));
        mappers.put("reportMapper", new ReportMapper(config.policeCodes(), config.vocabulary(), clock));
        mappers.put("intakeMapper", new IntakeMapper(config.intakeCodes(), clock));
        mappers.put("noteMapper", new NoteMapper(config.noteCodes(), clock));
        mappers.put(
                "meldingMapper",
                new MeldingMapper(
                        config.meldingCodes(),
                        config.vocabulary(),
                        new PlaceAreas(config.neighbourhoods(), config.teams())::area,
                        signal.accept::acceptedAt,
                        clock));
        mappers.put("consentMapper", new ConsentMapper(config.intakeCodes(), clock));
    }

    void bind(BiConsumer<String, Object> beans) {
        mappers.forEach(beans);
    }

    /** The mapper of one door. */
    public <T> T mapper(String name, Class<T> type) {
        return type.cast(mappers.get(name));
    }
}
