package nl.wijkhub.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;

/**
 * What of a plan's signals was shared with whom and on what ground. At the coordinator's seat what was shared and stands;
 * to the privacy officer also what was withheld or recalled, and why.
 */
public final class PlanShared {
    /** Signals a page shows this of: the newest. */
    static final int MOST = 25;

    /**
     * One signal and one recipient.
     *
     * @param disclosure how much, in words
     * @param fields of what passed, in words; empty for nothing
     * @param why reasons and recall; empty at the seat
     */
    public record Shared(
            UUID signalId, Instant at, String recipient, String disclosure, String fields, String ground, String why) {}

    private final ReleaseStore releases;
    private final AgreementInForce inForce;

    public PlanShared(ReleaseStore releases, AgreementInForce inForce) {
        this.releases = releases;
        this.inForce = inForce;
    }

    /** @param withheld also what was not shared, and why: for the privacy officer alone */
    List<Shared> of(List<UUID> signals, boolean withheld, Texts texts) {
        List<Shared> shared = new ArrayList<>();
        for (UUID signal : signals.subList(0, Math.min(MOST, signals.size()))) {
            Map<String, Release> last = new LinkedHashMap<>();
            releases.ofSignal(signal)
                    .forEach(release -> last.put(release.recipient().clientId(), release));
            for (Release release : last.values()) {
                Optional<String> recalled = releases.recalled(release.id());
                boolean stands = release.decision().releases() && recalled.isEmpty();
                if (withheld || stands) {
                    shared.add(row(release, withheld, recalled.orElse(null), texts));
                }
            }
        }
        return shared;
    }

    private Shared row(Release release, boolean withheld, String recalled, Texts texts) {
        var decision = release.decision();
        List<String> why = new ArrayList<>();
        if (withheld) {
            why.add(decision.ruleId());
            why.addAll(decision.reasons());
            if (recalled != null) {
                why.add(texts.get("shared.recalled", recalled));
            }
        }
        return new Shared(
                release.signalId(),
                release.decidedAt(),
                release.recipient().clientId(),
                texts.code("disclosure", decision.disclosure().name()),
                String.join(
                        ", ",
                        decision.fields().stream()
                                .map(field -> texts.code("field", field))
                                .toList()),
                inForce.agreement().groundNl(decision.ground()),
                String.join(", ", why));
    }
}
