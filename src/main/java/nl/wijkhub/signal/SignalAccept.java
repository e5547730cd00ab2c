package nl.wijkhub.signal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Together;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.SignalBatchStore.Keyed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stage 20: classifies a draft and stores it, once per partner and reference.
 * In: a draft without faults. Out: a receipt; the row is committed when it returns.
 * Rejects: a reference that was used for other content; {@code supersedes} that names no signal of this sender.
 */
public final class SignalAccept implements EarlierSignals {
    public static final String STAGE = "signal-accept";

    private static final Logger LOG = LoggerFactory.getLogger(SignalAccept.class);

    private final SignalStore signals;
    private final SignalBatchStore batch;
    private final Timeline timeline;
    private final Classification classification;
    private final Partners partners;
    private final Vault vault;
    private final Clock clock;
    private final Together<Keyed, Boolean> inserts = new Together<>(this::insert);

    public SignalAccept(
            SignalStore signals,
            Timeline timeline,
            Vocabulary vocabulary,
            Partners partners,
            Vault vault,
            Clock clock) {
        this.signals = signals;
        this.batch = signals.batch();
        this.timeline = timeline;
        this.classification = new Classification(vocabulary);
        this.partners = partners;
        this.vault = vault;
        this.clock = clock;
    }

    /** Shares its insert, and so its commit, with whatever others are accepted at the same moment. */
    public Receipt accept(SignalDraft draft) {
        Keyed keyed = keyed(draft, clock.instant());
        if (isNew(keyed)) {
            return fresh(draft, keyed);
        }
        SignalStore.EarlierSignal known =
                signals.byReference(draft.partnerId(), keyed.reference()).orElseThrow();
        return repeated(draft, keyed, known);
    }

    /** Stores it; false when its reference was used before. */
    private boolean isNew(Keyed keyed) {
        // one that supersedes another may have to wait for the stages: no group waits with it
        return keyed.signal().supersededId() == null
                ? inserts.ask(keyed)
                : insert(List.of(keyed)).get(0);
    }

    private List<Boolean> insert(List<Keyed> group) {
        Set<UUID> stored = batch.insertAll(group);
        return group.stream().map(row -> stored.contains(row.signal().id())).toList();
    }

    /** What became of one of several: a receipt, or why there is none; no {@code Rejected} means our own fault. */
    public record Accepted(Receipt receipt, RuntimeException failure) {}

    /**
     * As {@link #accept}, several of one partner in one statement; what is wrong with one does not touch another. The
     * first under a reference is the signal, those after it are repeats or conflicts.
     */
    public List<Accepted> acceptAll(List<SignalDraft> drafts) {
        Instant now = clock.instant();
        List<Accepted> accepted = new ArrayList<>(Collections.nCopies(drafts.size(), null));
        List<Keyed> keyed = new ArrayList<>();
        Map<String, Keyed> first = new LinkedHashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            try {
                // a moment apart: signals of one household are worked in the order of their lines
                Keyed row = keyed(drafts.get(i), now.plus(i, ChronoUnit.MICROS));
                keyed.add(row);
                first.putIfAbsent(hex(row.reference()), row);
            } catch (Unavailable away) {
                throw away;
            } catch (RuntimeException failure) {
                keyed.add(null);
                accepted.set(i, new Accepted(null, failure));
            }
        }
        if (first.isEmpty()) {
            return accepted;
        }
        Set<UUID> stored = batch.insertAll(List.copyOf(first.values()));
        Map<String, SignalStore.EarlierSignal> known = known(first, stored);
        for (int i = 0; i < drafts.size(); i++) {
            if (keyed.get(i) != null) {
                accepted.set(i, told(drafts.get(i), keyed.get(i), stored, known));
            }
        }
        return accepted;
    }

    private Accepted told(
            SignalDraft draft, Keyed keyed, Set<UUID> stored, Map<String, SignalStore.EarlierSignal> known) {
        try {
            return new Accepted(
                    stored.contains(keyed.signal().id())
                            ? fresh(draft, keyed)
                            : repeated(draft, keyed, known.get(hex(keyed.reference()))),
                    null);
        } catch (Rejected conflict) {
            return new Accepted(null, conflict);
        }
    }

    /** What stands under each of these references now, this moment's own included. */
    private Map<String, SignalStore.EarlierSignal> known(Map<String, Keyed> first, Set<UUID> stored) {
        Map<String, SignalStore.EarlierSignal> known = new HashMap<>();
        List<byte[]> earlier = new ArrayList<>();
        first.forEach((reference, row) -> {
            if (stored.contains(row.signal().id())) {
                known.put(
                        reference,
                        new SignalStore.EarlierSignal(
                                row.signal().id(),
                                row.content(),
                                false,
                                false,
                                row.group(),
                                row.signal().acceptedAt(),
                                row.signal().partnerId()));
            } else {
                earlier.add(row.reference());
            }
        });
        if (!earlier.isEmpty()) {
            String partner = first.values().iterator().next().signal().partnerId();
            known.putAll(batch.byReferences(partner, earlier));
        }
        return known;
    }

    private Keyed keyed(SignalDraft draft, Instant at) {
        CaseSignal signal = draft.signal();
        Discipline discipline = partners.get(draft.partnerId()).discipline();
        AcceptedSignal accepted = new AcceptedSignal(
                Identifier.next(),
                draft.partnerId(),
                discipline,
                at,
                classification.of(signal, draft.extraClasses(), discipline),
                superseded(draft),
                draft.trace(),
                signal);
        return new Keyed(
                accepted,
                referenceKey(draft.partnerId(), signal.reference()),
                vault.pseudonym("content", draft.content()),
                group(draft));
    }

    private Receipt fresh(SignalDraft draft, Keyed stored) {
        timeline.count(STAGE, "accepted");
        tellUnmapped(stored.signal());
        return new Receipt(stored.signal().id(), false, false, stored.group(), null, unknown(draft));
    }

    /** The organisations that its consents name and that are no partners. */
    private Set<String> unknown(SignalDraft draft) {
        return draft.signal().consents().stream()
                .flatMap(claim -> claim.consent().organisations().stream())
                .filter(named -> partners.named(named).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
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
    @Override
    public Optional<Instant> acceptedAt(String partnerId, String reference) {
        return signals.byReference(partnerId, referenceKey(partnerId, reference))
                .map(SignalStore.EarlierSignal::acceptedAt);
    }

    /** The key under which a partner's own reference is found again. */
    public byte[] referenceKey(String partnerId, String reference) {
        return SignalStore.referenceKey(vault, partnerId, reference);
    }

    private Receipt repeated(SignalDraft draft, Keyed again, SignalStore.EarlierSignal known) {
        timeline.count(STAGE, "repeated");
        if (!Arrays.equals(known.contentKey(), again.content())) {
            throw Rejected.of(Problem.REFERENCE_CONFLICT, draft.referencePointer(), "reference-used");
        }
        return new Receipt(known.id(), true, known.worked() || known.parked(), known.group(), null, unknown(draft));
    }

    private UUID superseded(SignalDraft draft) {
        String reference = draft.signal().supersedes();
        if (reference == null) {
            return null;
        }
        return signals.byReference(draft.partnerId(), referenceKey(draft.partnerId(), reference))
                .map(SignalStore.EarlierSignal::id)
                .orElseThrow(() -> Rejected.of(
                        Problem.INVALID_INPUT,
                        draft.referencePointer().replaceFirst("reference$", "supersedes"),
                        "unknown-reference"));
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
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
        return hex(vault.pseudonym("group", key));
    }
}
