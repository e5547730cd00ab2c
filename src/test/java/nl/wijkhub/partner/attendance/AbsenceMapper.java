package nl.wijkhub.partner.attendance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.Vocabulary;

/** Report of absence → case signal about the household of one address. */
public final class AbsenceMapper {
    private final AbsenceCodes codes;
    private final Clock clock;

    public AbsenceMapper(AbsenceCodes codes, Clock clock) {
        this.codes = codes;
        this.clock = clock;
    }

    public SignalDraft map(Partner partner, JsonNode absence, Trace trace) {
        Checks checks = new Checks(clock);
        String reference = absence.path("kenmerk").asText(null); // kenmerk → reference 1..1
        if (reference == null) {
            checks.fault("/kenmerk", "missing.field");
        }
        OffsetDateTime at = time(absence, checks); // gemeldOp → occurredAt, reportedAt 1..1
        String code = absence.path("verzuim").asText(null); // verzuim → category, senderTerm 1..1
        Optional<Vocabulary.Category> category = codes.find(code);
        if (category.isEmpty()) {
            checks.fault("/verzuim", "not-in-list");
        }
        String postalCode = Address.normalPostalCode(absence.path("postcode").asText(null)); // postcode 1..1
        if (postalCode == null) {
            checks.fault("/postcode", "missing.existing-postal-code");
        }
        checks.orReject();
        Address address = new Address(postalCode, absence.path("huisnummer").asInt(), null, null, null);
        CaseSignal signal = CaseSignal.builder()
                .reference(reference)
                .occurredAt(at)
                .reportedAt(at)
                .subject(new CaseSignal.Subject(new CaseSignal.Household(address, List.of()), null))
                .category(category.orElseThrow().code())
                .senderTerm(new CaseSignal.SenderTerm(codes.system(), code, null, null))
                .lifeDomains(category.orElseThrow().lifeDomains())
                .severity(category.orElseThrow().severity())
                .ground(new CaseSignal.GroundClaim(partner.defaultGround(), null))
                .build();
        return new SignalDraft(partner.id(), signal, "/kenmerk", Json.canonical(absence), Set.of(), trace);
    }

    private static OffsetDateTime time(JsonNode absence, Checks checks) {
        try {
            return OffsetDateTime.parse(absence.path("gemeldOp").asText());
        } catch (DateTimeParseException e) {
            checks.fault("/gemeldOp", "wrong-form.time-with-offset");
            return null;
        }
    }
}
