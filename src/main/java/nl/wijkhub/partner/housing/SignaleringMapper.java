package nl.wijkhub.partner.housing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import nl.wijkhub.household.UnitStore;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.Vocabulary;

/**
 * VERA 4.3 Signaleringbericht → case signal.
 * Source: VERA 4.3, Relaties, schema Signalering. In: one JSON object. Out: a draft about the household of one address.
 * Rejects: no reference, a kind the table lacks, no address or an unknown one, a status other than active, times that
 * are not UTC, any BSN. Fields that are not named below are left behind (docs/partners/housing.md).
 */
public final class SignaleringMapper {
    private static final String SOORT = "SIGNALERINGSOORT";
    private static final String DETAIL = "SIGNALERINGDETAILSOORT";

    private final VeraCodes codes;
    private final Vocabulary vocabulary;
    private final UnitStore units;
    private final Clock clock;

    public SignaleringMapper(VeraCodes codes, Vocabulary vocabulary, UnitStore units, Clock clock) {
        this.codes = codes;
        this.vocabulary = vocabulary;
        this.units = units;
        this.clock = clock;
    }

    public SignalDraft map(Partner partner, JsonNode signalering, Trace trace) {
        Checks checks = new Checks(clock);
        VeraReading read = new VeraReading(partner, signalering, units, checks);
        String reference = read.reference(); // idExtern, else id → reference 1..1
        OffsetDateTime began = read.time("begindatum").orElse(checks.now()); // begindatum → occurredAt, reportedAt 0..1
        Address address = address(signalering, read, checks); // adres → subject.household.address 1..1
        Optional<VeraCodes.Row> row = kind(signalering, read, checks); // soort, detailSoort → category, class 1..1
        active(signalering, read, checks); // status → refused unless active 0..1
        checks.orReject();
        VeraCodes.Row kind = row.orElseThrow();
        Vocabulary.Category category = vocabulary.category(kind.category()).orElseThrow();
        CaseSignal signal = CaseSignal.builder()
                .reference(reference)
                .occurredAt(began)
                .reportedAt(began)
                .about(new CaseSignal.Household(address, List.of()))
                .category(category.code())
                .senderTerm(new CaseSignal.SenderTerm(codes.system() + ' ' + kind.soort(), kind.code(), ""))
                .lifeDomains(category.lifeDomains())
                .severity(kind.severity().atLeast(category.severity()))
                .ground(partner.defaultGround())
                .build();
        return new SignalDraft(
                partner.id(), signal, read.referencePointer(), read.content(signal), kind.extraClasses(), trace);
    }

    /** The detail says more than the kind; each has its own Soort, so the same code can mean another thing. */
    private Optional<VeraCodes.Row> kind(JsonNode signalering, VeraReading read, Checks checks) {
        Optional<String> soort = read.code("", signalering, "soort", SOORT);
        Optional<String> detail = read.code("", signalering, "detailSoort", DETAIL);
        if (soort.isEmpty()) {
            checks.fault("/soort", "missing.signal-kind");
            return Optional.empty();
        }
        Optional<VeraCodes.Row> ofSoort = found(SOORT, soort.get(), "/soort/code", checks);
        return detail.isPresent() ? found(DETAIL, detail.get(), "/detailSoort/code", checks) : ofSoort;
    }

    private Optional<VeraCodes.Row> found(String soort, String code, String pointer, Checks checks) {
        Optional<VeraCodes.Row> row = codes.find(soort, code);
        if (row.isEmpty()) {
            checks.fault(pointer, "unknown-code.table", soort);
        }
        return row;
    }

    private static Address address(JsonNode signalering, VeraReading read, Checks checks) {
        JsonNode uri = signalering.path("adres");
        if (uri.isMissingNode() || uri.isNull()) {
            checks.fault("/adres", "missing.unit-address");
            return null;
        }
        return read.unit("/adres", uri);
    }

    private static void active(JsonNode signalering, VeraReading read, Checks checks) {
        Optional<String> status = read.code("", signalering, "status", "SIGNALERINGSTATUS");
        if (status.isPresent() && !status.get().equals("ACT")) {
            checks.fault("/status/code", "not-active");
        }
    }
}
