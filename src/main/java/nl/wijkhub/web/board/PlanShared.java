package nl.wijkhub.web.board;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;

/**
 * What of a plan's signals was shared with whom and on what ground. At the coordinator's seat what stands for the pairs of
 * its own team, and of a signal whose sender it may not know its own part alone: a ground tells who sent it. To the privacy
 * officer every decision, also what was withheld or recalled, and why.
 */
public final class PlanShared {
    /** Signals a page shows this of: the newest. */
    static final int MOST = 25;

    /**
     * One signal and one recipient.
     *
     * @param disclosure how much, in words
     * @param fields of what passed, in words; empty for nothing, and for what is another's
     * @param why rule, reasons and recall; empty at the seat
     */
    public record Shared(
            UUID signalId, Instant at, String recipient, String disclosure, String fields, String ground, String why) {}

    private final ReleaseStore releases;
    private final AgreementInForce inForce;
    private final Organisations organisations;

    public PlanShared(ReleaseStore releases, AgreementInForce inForce, Organisations organisations) {
        this.releases = releases;
        this.inForce = inForce;
        this.organisations = organisations;
    }

    /** @param signals that the seat may know of, the newest first */
    List<Shared> toSeat(List<UUID> signals, Recipient seat, Texts texts) {
        List<UUID> newest = signals.subList(0, Math.min(MOST, signals.size()));
        Map<UUID, Map<Recipient, Release>> last = new LinkedHashMap<>();
        newest.forEach(signal -> last.put(signal, new LinkedHashMap<>()));
        releases.standingIn(seat.teamId(), newest)
                .forEach(release -> last.get(release.signalId()).put(release.recipient(), release));
        List<Shared> shared = new ArrayList<>();
        last.values().forEach(of -> {
            Release own = of.get(seat);
            // who else got it is the municipality's to know, not another seat's that coordinates
            boolean knowsSender = seat.discipline() == Discipline.MUNICIPALITY
                    && own != null
                    && own.decision().passes("senderDiscipline");
            of.values().stream()
                    .filter(release -> release.decision().releases())
                    .filter(release -> knowsSender || release.recipient().equals(seat))
                    .map(release -> row(release, release.recipient().equals(seat), "", texts))
                    .forEach(shared::add);
        });
        return shared;
    }

    List<Shared> toPrivacyOfficer(List<UUID> signals, Texts texts) {
        List<Shared> shared = new ArrayList<>();
        for (UUID signal : signals.subList(0, Math.min(MOST, signals.size()))) {
            releases.ofSignal(signal).stream()
                    .sorted(Comparator.comparing(Release::decidedAt))
                    .map(release -> row(release, true, why(release, texts), texts))
                    .forEach(shared::add);
        }
        return shared;
    }

    private String why(Release release, Texts texts) {
        List<String> why = new ArrayList<>();
        if (release.decision().ruleId() != null) {
            why.add(release.decision().ruleId());
        }
        release.decision().reasons().forEach(reason -> why.add(texts.reason(reason)));
        releases.recalled(release.id()).ifPresent(reason -> why.add(texts.get("shared.recalled", reason)));
        return String.join(", ", why);
    }

    private Shared row(Release release, boolean withFields, String why, Texts texts) {
        var decision = release.decision();
        List<String> fields = withFields
                ? decision.fields().stream()
                        .map(field -> texts.code("field", field))
                        .toList()
                : List.of();
        return new Shared(
                release.signalId(),
                release.decidedAt(),
                texts.who(organisations.of(release.recipient())),
                texts.code("disclosure", decision.disclosure().name()),
                String.join(", ", fields),
                inForce.agreement().groundNl(decision.ground()),
                why);
    }
}
