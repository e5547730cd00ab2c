package nl.wijkhub.partner.publicspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.AreaOf;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.EarlierSignals;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.Vocabulary;

/**
 * Report about public space → case signal, always about an area.
 * Source: Signalen 2.50, body of POST /signals/v1/public/signals/. In: one JSON object, and the Idempotency-Key header.
 * Out: a draft about the neighbourhood of a postal code, or about a street in words; the house number is left behind.
 * Rejects: no text, no place, a category that is no link into the list, times without offset or ahead, any BSN. A category
 * the table lacks is taken under the general one, and flagged. Fields that are not named below are left behind
 * (docs/partners/public-space.md).
 */
public final class MeldingMapper {
    private static final int LONGEST_TEXT = 8000;
    private static final int LONGEST_EXTRA = 1000;

    private final MeldingCodes codes;
    private final Vocabulary vocabulary;
    private final AreaOf areas;
    private final MeldingReference references;
    private final Clock clock;

    public MeldingMapper(MeldingCodes codes, Vocabulary vocabulary, AreaOf areas, EarlierSignals earlier, Clock clock) {
        this.codes = codes;
        this.vocabulary = vocabulary;
        this.areas = areas;
        this.references = new MeldingReference(earlier, clock);
        this.clock = clock;
    }

    /** @param idempotencyKey null when none was sent */
    public SignalDraft map(Partner partner, JsonNode melding, String idempotencyKey, Trace trace) {
        Checks checks = new Checks(clock);
        MeldingReading read = new MeldingReading(melding, checks);
        if (partner.defaultGround() == null) {
            checks.fault("", "no-ground");
        }
        String content = Json.canonical(melding);
        String reference = references.of(
                partner.id(), idempotencyKey, content, checks); // Idempotency-Key, else hash → reference 1..1
        OffsetDateTime occurredAt = read.time("incident_date_start", true); // → occurredAt 1..1
        OffsetDateTime createdAt = read.time("created_at", false); // → reportedAt 0..1, else now
        MeldingReading.Place place =
                read.place(read.object("location")); // location.address → subject.neighbourhood 1..1
        Optional<String> code = read.category(read.object("category")); // category → category, senderTerm 1..1
        String narrative = narrative(melding, partner, read, checks); // text, text_extra → narrative 1..1
        CaseSignal.Reporter reporter = reporter(melding.path("reporter"), partner, read, checks); // → reporter 0..1
        checks.orReject();
        MeldingCodes.Row row = code.flatMap(codes::find).orElse(codes.unknown());
        Vocabulary.Category category = vocabulary.category(row.category()).orElseThrow();
        CaseSignal signal = CaseSignal.builder()
                .reference(reference)
                .occurredAt(occurredAt)
                .reportedAt(createdAt == null ? checks.now() : createdAt)
                .about(areas.area(place.postalCode(), place.street(), place.town()))
                .category(category.code())
                .senderTerm(new CaseSignal.SenderTerm(
                        codes.system(),
                        code.orElseThrow(),
                        null,
                        code.flatMap(codes::find).isPresent() ? null : false))
                .lifeDomains(category.lifeDomains())
                .severity(row.severity().atLeast(category.severity()))
                .narrative(narrative)
                .reporter(reporter)
                .ground(partner.defaultGround())
                .build();
        return new SignalDraft(partner.id(), signal, "", content, row.classes(), trace);
    }

    private static String narrative(JsonNode melding, Partner partner, MeldingReading read, Checks checks) {
        String text = read.text("", melding, "text", LONGEST_TEXT - LONGEST_EXTRA - 1, true);
        String extra = read.text("", melding, "text_extra", LONGEST_EXTRA, false);
        checks.noBsn("/text", text, partner.maySendBsn());
        checks.noBsn("/text_extra", extra, partner.maySendBsn());
        return Stream.of(text, extra).filter(part -> part != null).collect(Collectors.joining("\n"));
    }

    /** Somebody who reports; an e-mail address is left behind. */
    private static CaseSignal.Reporter reporter(JsonNode in, Partner partner, MeldingReading read, Checks checks) {
        if (in.isMissingNode() || in.isNull()) {
            return null;
        }
        if (!in.isObject()) {
            checks.fault("/reporter", "wrong-type.reporter");
            return null;
        }
        String name = read.text("/reporter", in, "name", 200, false);
        String phone = read.text("/reporter", in, "phone", 40, false);
        checks.noBsn("/reporter/name", name, partner.maySendBsn());
        checks.noBsn("/reporter/phone", phone, partner.maySendBsn());
        return new CaseSignal.Reporter(name, phone, read.flag("/reporter", in, "sharing_allowed"));
    }
}
