package nl.wijkhub.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;

/** What the queue page shows: each row holds only the fields its stored release lets pass. */
public final class QueuePage {
    private static final int ROWS = 100;

    /**
     * One row, in the viewer's words.
     *
     * @param what category, or that something is up
     * @param where address or neighbourhood; empty when it may not be seen
     * @param from the sender's discipline; empty when it may not be seen
     */
    public record Row(
            UUID id,
            UUID signalId,
            String what,
            String where,
            String from,
            String priority,
            String state,
            Instant since,
            Instant dueAt,
            boolean late) {}

    public record View(Team team, Recipient recipient, List<Row> rows, boolean more) {}

    private final QueueStore queue;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;
    private final Teams teams;
    private final Clock clock;

    public QueuePage(
            QueueStore queue,
            SignalStore signals,
            ReleaseStore releases,
            AgreementInForce inForce,
            Vocabulary vocabulary,
            Teams teams,
            Clock clock) {
        this.queue = queue;
        this.signals = signals;
        this.releases = releases;
        this.inForce = inForce;
        this.vocabulary = vocabulary;
        this.teams = teams;
        this.clock = clock;
    }

    View of(Recipient recipient, Texts texts) {
        List<QueueItem> items = queue.page(recipient, QueueItem.State.WAITING, QueueStore.Sort.DUE_AT, null, ROWS + 1);
        List<QueueItem> shown = items.subList(0, Math.min(ROWS, items.size()));
        Map<UUID, AcceptedSignal> signalOf = signals
                .byIds(shown.stream().map(QueueItem::signalId).toList())
                .stream()
                .collect(Collectors.toMap(AcceptedSignal::id, Function.identity()));
        Map<UUID, Release> releaseOf = releases
                .byIds(shown.stream().map(QueueItem::releaseId).toList())
                .stream()
                .collect(Collectors.toMap(Release::id, Function.identity()));
        List<Row> rows = shown.stream()
                .map(item -> row(
                        item,
                        signalOf.get(item.signalId()),
                        releaseOf.get(item.releaseId()).decision(),
                        texts))
                .toList();
        return new View(teams.find(recipient.teamId()).orElseThrow(), recipient, rows, items.size() > shown.size());
    }

    private Row row(QueueItem item, AcceptedSignal accepted, Decision decision, Texts texts) {
        return new Row(
                item.id(),
                item.signalId(),
                what(accepted, decision, texts),
                where(accepted, decision),
                decision.passes("senderDiscipline")
                        ? texts.code("discipline", accepted.discipline().name())
                        : "",
                item.priority().code(),
                item.state().code(),
                item.createdAt(),
                item.dueAt(),
                Duration.between(clock.instant(), item.dueAt()).isNegative());
    }

    /** The category, else the fixed sentence of a notice, else that something is up. */
    private String what(AcceptedSignal accepted, Decision decision, Texts texts) {
        String category = decision.categoryOf(accepted.signal());
        if (category != null) {
            return vocabulary.label(category);
        }
        String sentence = inForce.agreement().sentenceNl(decision.says());
        return sentence == null ? texts.get("queue.notice") : sentence;
    }

    static String where(AcceptedSignal accepted, Decision decision) {
        var subject = accepted.signal().subject();
        if (subject.isHousehold()) {
            var address = subject.household().address();
            return address != null && decision.passes("address") ? address.oneLine() : "";
        }
        var area = subject.neighbourhood();
        return decision.passes("area") ? area.buurtCode() == null ? area.place() : area.buurtCode() : "";
    }
}
