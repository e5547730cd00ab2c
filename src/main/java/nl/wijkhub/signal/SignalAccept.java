package nl.wijkhub.signal;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Vault;

/**
 * Stage 20: classifies a draft and stores it, once per partner and reference.
 * In: a draft without faults. Out: a receipt; the row is committed when it returns.
 * Rejects: a reference that was used for other content; {@code supersedes} that names no signal of this sender.
 */
public final class SignalAccept {
    public static final String STAGE = "signal-accept";

    private final SignalStore signals;
    private final Timeline timeline;
    private final Vocabulary vocabulary;
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
        this.vocabulary = vocabulary;
        this.partners = partners;
        this.vault = vault;
        this.clock = clock;
    }

    public Receipt accept(SignalDraft draft) {
        CaseSignal signal = draft.signal();
        byte[] reference = referenceKey(draft.partnerId(), signal.reference());
        byte[] content = vault.pseudonym("content", draft.content());
        String group = group(draft);
        AcceptedSignal accepted = new AcceptedSignal(
                Identifier.next(),
                draft.partnerId(),
                partners.get(draft.partnerId()).discipline(),
                clock.instant(),
                classes(draft),
                superseded(draft),
                draft.trace(),
                signal);
        if (signals.insert(accepted, reference, content, group)) {
            timeline.count(STAGE, "accepted");
            return new Receipt(accepted.id(), false, false, group);
        }
        timeline.count(STAGE, "repeated");
        return known(draft, reference, content);
    }

    /** Whether this partner sent something under this reference before. */
    public boolean knows(String partnerId, String reference) {
        return signals.byReference(partnerId, referenceKey(partnerId, reference))
                .isPresent();
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

    /** The class comes from the category, the content and the sender's own code; police data is always police data. */
    private Set<DataClass> classes(SignalDraft draft) {
        CaseSignal signal = draft.signal();
        Vocabulary.Category category = vocabulary.category(signal.category()).orElseThrow();
        Set<DataClass> classes = EnumSet.copyOf(category.classes());
        classes.addAll(draft.extraClasses());
        signal.lifeDomains().stream()
                .filter(domain -> !category.lifeDomains().contains(domain))
                .forEach(domain -> vocabulary.classOfLifeDomain(domain).ifPresent(classes::add));
        switch (signal.sensitivity()) {
            case NORMAL -> {}
            case HEALTH -> classes.add(DataClass.H);
            case CRIMINAL -> classes.add(DataClass.P);
            case CHILD_SAFETY -> classes.add(DataClass.K);
        }
        if (partners.get(draft.partnerId()).discipline() == Discipline.POLICE) {
            classes.add(DataClass.P);
        }
        return classes;
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
