package nl.wijkhub.partner.housing;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.household.UnitStore;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.Vocabulary;

/**
 * VERA 4.3 Zaakbericht → case signal.
 * Source: VERA 4.3, Dossier, schema Zaakbericht. In: one JSON object. Out: a draft about the household of one unit.
 * Rejects: no reference, a case type the table lacks, no unit or more than one, an unknown unit, times that are not UTC,
 * any BSN. Fields that are not named below are left behind (docs/partners/housing.md).
 */
public final class ZaakMapper {
    private static final String DETAIL = "ZAAKTYPEDETAILSOORT";
    private static final String SOORT = "ZAAKTYPESOORT";
    private static final Set<String> ROLES =
            Set.of("ADV", "BEH", "BEK", "BEL", "BES", "INI", "KLA", "KLG", "MEL", "OVE", "ZAA");

    private final VeraCodes codes;
    private final Vocabulary vocabulary;
    private final UnitStore units;
    private final Clock clock;

    public ZaakMapper(VeraCodes codes, Vocabulary vocabulary, UnitStore units, Clock clock) {
        this.codes = codes;
        this.vocabulary = vocabulary;
        this.units = units;
        this.clock = clock;
    }

    public SignalDraft map(Partner partner, JsonNode zaak, Trace trace) {
        Checks checks = new Checks(clock);
        VeraReading read = new VeraReading(partner, zaak, units, checks);
        String reference = read.reference(); // idExtern, else id → reference 1..1
        Optional<OffsetDateTime> registered = read.time("registratiedatum");
        Optional<OffsetDateTime> began = read.time("begindatum");
        OffsetDateTime reportedAt =
                registered.or(() -> began).orElse(checks.now()); // registratiedatum → reportedAt 0..1
        OffsetDateTime occurredAt = began.orElse(reportedAt); // begindatum → occurredAt 0..1
        Address address = address(zaak, read, checks); // eenheden[0] → subject.household.address 1..1
        Optional<VeraCodes.Row> row = type(zaak, read, checks); // zaaktype → category, severity, data class 1..1
        String narrative = narrative(read, zaak, checks); // omschrijving, toelichting → narrative 0..1
        CaseSignal.Reporter reporter = reporter(zaak, read, checks); // rollen KLG, MEL → reporter 0..1
        List<CaseSignal.Person> persons = persons(zaak, read); // rollen BEK → subject.household.persons 0..n
        checks.orReject();
        VeraCodes.Row type = row.orElseThrow();
        Vocabulary.Category category = vocabulary.category(type.category()).orElseThrow();
        CaseSignal signal = CaseSignal.builder()
                .reference(reference)
                .occurredAt(occurredAt)
                .reportedAt(reportedAt)
                .about(new CaseSignal.Household(address, persons))
                .category(category.code())
                .senderTerm(new CaseSignal.SenderTerm(codes.system() + ' ' + type.soort(), type.code(), label(zaak)))
                .lifeDomains(category.lifeDomains())
                .severity(Severity.LOW.atLeast(type.severity()).atLeast(category.severity()))
                .narrative(narrative)
                .reporter(reporter)
                .ground(partner.defaultGround())
                .build();
        return new SignalDraft(
                partner.id(), signal, read.referencePointer(), read.content(signal), type.extraClasses(), trace);
    }

    /** Soort and detail as VERA's full Zaaktype carries them; its key form carries the detail as its own code. */
    private Optional<VeraCodes.Row> type(JsonNode zaak, VeraReading read, Checks checks) {
        JsonNode type = zaak.path("zaaktype");
        if (!type.isObject()) {
            checks.fault("/zaaktype", "missing.case-type");
            return Optional.empty();
        }
        Optional<String> detail = read.code("/zaaktype", type, "detailSoort", DETAIL);
        Optional<String> soort = read.code("/zaaktype", type, "soort", SOORT);
        if (soort.isPresent() && codes.find(SOORT, soort.get()).isEmpty()) {
            checks.fault("/zaaktype/soort/code", "unknown-code.case-type");
        }
        if (detail.isPresent()) {
            return found(DETAIL, detail.get(), "/zaaktype/detailSoort/code", checks);
        }
        if (soort.isPresent()) {
            return found(SOORT, soort.get(), "/zaaktype/soort/code", checks);
        }
        Optional<String> key = read.text("/zaaktype", type, "code");
        if (key.isPresent()) {
            return found(DETAIL, key.get(), "/zaaktype/code", checks);
        }
        checks.fault("/zaaktype/detailSoort", "missing.case-type");
        return Optional.empty();
    }

    private Optional<VeraCodes.Row> found(String soort, String code, String pointer, Checks checks) {
        Optional<VeraCodes.Row> row = codes.find(soort, code);
        if (row.isEmpty()) {
            checks.fault(pointer, "unknown-code.table", soort);
        }
        return row;
    }

    private static Address address(JsonNode zaak, VeraReading read, Checks checks) {
        JsonNode units = zaak.path("eenheden");
        if (!units.isArray() || units.isEmpty()) {
            checks.fault("/eenheden", "missing.unit");
            return null;
        }
        for (int i = 1; i < units.size(); i++) {
            checks.fault(at("/eenheden", i), "too-many.units");
        }
        return read.unit("/eenheden/0", units.get(0));
    }

    private static String narrative(VeraReading read, JsonNode zaak, Checks checks) {
        String text = String.join(
                "\n",
                java.util.stream.Stream.of(read.text("", zaak, "omschrijving"), read.text("", zaak, "toelichting"))
                        .flatMap(Optional::stream)
                        .toList());
        if (text.length() > 8000) {
            checks.fault("/toelichting", "too-long.case-text");
        }
        return text.isEmpty() ? null : text;
    }

    /** Who complained or reported is known to the corporation alone; that somebody did, never passes by itself. */
    private static CaseSignal.Reporter reporter(JsonNode zaak, VeraReading read, Checks checks) {
        if (zaak.has("rollen") && !zaak.get("rollen").isArray()) {
            checks.fault("/rollen", "wrong-type.roles");
        }
        boolean reported = false;
        for (int i = 0; i < roles(zaak).size(); i++) {
            String role = role(zaak, i, read).orElse("");
            if (!role.isEmpty() && !ROLES.contains(role)) {
                checks.fault(at("/rollen", i), "unknown-code.case-role");
            }
            reported |= role.equals("KLG") || role.equals("MEL");
        }
        return reported ? new CaseSignal.Reporter(null, null, false) : null;
    }

    /** The accused is somebody of the household; the name stays with the corporation, which sends a URI alone. */
    private static List<CaseSignal.Person> persons(JsonNode zaak, VeraReading read) {
        List<CaseSignal.Person> persons = new ArrayList<>();
        for (int i = 0; i < roles(zaak).size(); i++) {
            if (role(zaak, i, read).orElse("").equals("BEK")) {
                persons.add(new CaseSignal.Person("tenant", null, null, null, null));
            }
        }
        return persons;
    }

    private static JsonNode roles(JsonNode zaak) {
        return zaak.path("rollen").isArray() ? zaak.get("rollen") : JsonNodeFactory.instance.arrayNode();
    }

    private static Optional<String> role(JsonNode zaak, int index, VeraReading read) {
        JsonNode role = roles(zaak).get(index);
        String here = at("/rollen", index);
        return read.code(here, role, "soort", "ZAAKROL").or(() -> read.text(here, role, "code"));
    }

    private static String label(JsonNode zaak) {
        JsonNode type = zaak.path("zaaktype");
        String name = type.path("detailSoort")
                .path("naam")
                .asText(type.path("soort").path("naam").asText(""));
        return name.length() > 200 ? name.substring(0, 200) : name;
    }
}
