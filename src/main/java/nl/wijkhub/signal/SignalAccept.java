package nl.wijkhub.signal;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stage 20: classifies a draft and stores it, once per partner and reference.
 * In: a draft without faults. Out: a receipt; the row is committed when it returns.
 * Rejects: a reference that was used for other content; {@code supersedes} that names no signal of this sender.
 */
public final class SignalAccept {
    public static final String STAGE = "signal-accept";

    private static final Logger LOG = LoggerFactory.getLogger(SignalAccept.class);

    private final SignalStore signals;
    private final Timeline timeline;
    private final Classification classification;
    private final Partners partners;
    private final Vault vault;
    private final Clock clock;

    public SignalAccept(
            SignalStore signals,
            Timeline timeline,
            Vocabulary vocabulary,
            Partners partners,
            Vault vault,
            Clock clock) {
        this.signals = signals;
        this.timeline = timeline;
        this.classification = new Classification(vocabulary);
        this.partners = partners;
        this.vault = vault;
        this.clock = clock;
    }

    public Receipt accept(SignalDraft draft) {
        CaseSignal signal = draft.signal();
        Discipline discipline = partners.get(draft.partnerId()).discipline();
        byte[] reference = referenceKey(draft.partnerId(), signal.reference());
        byte[] content = vault.pseudonym("content", draft.content());
        String group = group(draft);
        AcceptedSignal accepted = new AcceptedSignal(
                Identifier.next(),
                draft.partnerId(),
                discipline,
                clock.instant(),
                classification.of(signal, draft.extraClasses(), discipline),
                superseded(draft),
                draft.trace(),
                signal);
        if (signals.insert(accepted, reference, content, group)) {
            timeline.count(STAGE, "accepted");
            tellUnmapped(accepted);
            return new Receipt(accepted.id(), false, false, group);
        }
        timeline.count(STAGE, "repeated");
        return known(draft, reference, content);
    }

    /** So that somebody adds a row to the table; which code it was stands with the signal, not in a log. */
    private void tellUnmapped(AcceptedSignal accepted) {
        CaseSignal.SenderTerm term = accepted.signal().senderTerm();
        if (term != null && Boolean.FALSE.equals(term.mapped())) {
            timeline.countUnmapped(term.system());
            LOG.warn("event=code.unmapped signal={} system={}", accepted.id(), term.system());
        }
    }

    /** Whether this partner sent something under this reference before. */
    public boolean knows(String partnerId, String reference) {
        return signals.byReference(partnerId, referenceKey(partnerId, reference))
                .isPresent();
    }

    /** When what this partner sent under this reference was accepted; empty when it sent nothing. */
    public Optional<Instant> acceptedAt(String partnerId, String reference) {
        return signals.byReference(partnerId, referenceKey(partnerId, reference))
                .map(SignalStore.Known::acceptedAt);
    }

    /** The key under which a partner's own reference is found again. */
    public byte[] referenceKey(String partnerId, String reference) {
        return vault.pseudonym("reference:" + partnerId, reference);
    }

    private Receipt known(SignalDraft draft, byte[] reference, byte[] content) {
        SignalStore.Known known =
                signals.byReference(draft.partnerId(), reference).orElseThrow();
        if (!Arrays.equals(known.contentKey(), content)) {
            throw Rejected.of(
                    Problem.REFERENCE_CONFLICT,
                    draft.referencePointer(),
                    "reference-used",
                    "Onder deze referentie is eerder iets anders gestuurd.");
        }
        return new Receipt(known.id(), true, known.worked() || known.parked(), known.group());
    }

    private UUID superseded(SignalDraft draft) {
        String reference = draft.signal().supersedes();
        if (reference == null) {
            return null;
        }
        return signals.byReference(draft.partnerId(), referenceKey(draft.partnerId(), reference))
                .map(SignalStore.Known::id)
                .orElseThrow(() -> Rejected.of(
                        Problem.INVALID_INPUT,
                        "/supersedes",
                        "unknown-reference",
                        "Onder deze referentie is van deze afzender niets bekend."));
    }

    /** Signals of one household are worked in order: the group is a keyed pseudonym of what identifies it. */
    private String group(SignalDraft draft) {
        CaseSignal.Subject subject = draft.signal().subject();
        String key;
        if (!subject.isHousehold()) {
            key = "area|" + subject.neighbourhood().buurtCode() + '|'
                    + subject.neighbourhood().place();
        } else if (subject.household().address() != null) {
            key = "address|" + subject.household().address().matchKey();
        } else {
            key = subject.household().persons().stream()
                    .map(CaseSignal.Person::bsn)
                    .filter(bsn -> bsn != null)
                    .findFirst()
                    .map(bsn -> "bsn|" + bsn)
                    .orElseGet(() ->
                            "alone|" + draft.partnerId() + '|' + draft.signal().reference());
        }
        return HexFormat.of().formatHex(vault.pseudonym("group", key));
    }
}
