package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Decides again what was decided: under the agreement of then, or under another one. Nothing is written. */
public final class DecisionReplay {
    /**
     * @param isSame whether deciding again gives what was decided
     */
    public record Replayed(DecidedBefore before, Decision again, boolean isSame) {}

    private final DecidedBeforeStore decided;
    private final AgreementStore agreements;

    public DecisionReplay(DecidedBeforeStore decided, AgreementStore agreements) {
        this.decided = decided;
        this.agreements = agreements;
    }

    /** One release, under the agreement it was decided under; empty when either is not kept here. */
    public Optional<Replayed> one(UUID release) {
        return decided.one(release)
                .flatMap(before -> kept(before.decision().policyVersion()).map(agreement -> {
                    Decision again =
                            new SharingPolicy(agreement).decide(before.facts(), before.recipient(), before.at());
                    return new Replayed(before, again, again.equals(before.decision()));
                }));
    }

    private Optional<SharingAgreement> kept(String version) {
        try {
            return agreements.version(version);
        } catch (IllegalStateException cannotBeReadAnyMore) {
            return Optional.empty();
        }
    }

    /** Everything since a moment, under another version; empty when that is not kept here. */
    public Optional<WhatIf> whatIf(String version, Instant since) {
        return kept(version).map(other -> {
            WhatIf whatIf = new WhatIf(other);
            decided.since(since, whatIf::add);
            return whatIf;
        });
    }
}
