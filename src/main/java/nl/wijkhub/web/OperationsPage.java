package nl.wijkhub.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.signal.PartnerTrafficStore.Sent;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.Quarantined;
import nl.wijkhub.subscription.StuckLook;

/** What the administrator sees: how it goes with each partner, and what came by message and could not be taken. */
public final class OperationsPage {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_KEPT = 50;
    private static final int MOST_FAULTS = 5;

    /**
     * A partner in the last day.
     *
     * @param lastSeen null when nothing came
     * @param stuck what stands still, in words; empty for nothing
     */
    public record Partner(String name, Instant lastSeen, long accepted, long refused, long failed, String stuck) {}

    /** An entry of the quarantine, with what is wrong with it and nothing of what it says. */
    public record Kept(UUID id, String partner, Instant receivedAt, int times, List<String> faults) {}

    public record View(List<Partner> partners, List<Kept> kept, boolean isMore) {}

    private final Partners partners;
    private final PartnerTrafficStore traffic;
    private final StuckLook stuck;
    private final Quarantine quarantine;
    private final Clock clock;

    public OperationsPage(
            Partners partners, PartnerTrafficStore traffic, StuckLook stuck, Quarantine quarantine, Clock clock) {
        this.partners = partners;
        this.traffic = traffic;
        this.stuck = stuck;
        this.quarantine = quarantine;
        this.clock = clock;
    }

    View of(Texts texts) {
        Map<String, Sent> sent = traffic.since(clock.instant().minus(DAY));
        List<Partner> seen = partners.ids().stream()
                .map(id -> partner(id, sent.get(id), texts))
                .toList();
        List<Quarantined> kept = quarantine.waiting(null, null, MOST_KEPT + 1);
        return new View(seen, kept.stream().limit(MOST_KEPT).map(this::kept).toList(), kept.size() > MOST_KEPT);
    }

    private Partner partner(String id, Sent sent, Texts texts) {
        String still = stuck.found().stream()
                .filter(one -> one.client().equals(id))
                .map(one -> texts.code("stuck", one.kind().code()) + " (" + one.items() + ")")
                .collect(Collectors.joining(", "));
        return new Partner(
                partners.get(id).name(),
                sent == null ? null : sent.lastAt(),
                sent == null ? 0 : sent.accepted(),
                sent == null ? 0 : sent.refused(),
                sent == null ? 0 : sent.failed(),
                still);
    }

    private Kept kept(Quarantined entry) {
        String partner =
                partners.find(entry.partnerId()).map(Partners.Partner::name).orElse(entry.partnerId());
        return new Kept(entry.id(), partner, entry.receivedAt(), entry.times(), faults(entry));
    }

    private static List<String> faults(Quarantined entry) {
        JsonNode problem = Json.read(entry.refusal(), ObjectNode.class).get("problem");
        List<String> faults = new ArrayList<>();
        for (JsonNode one : problem.path("errors")) {
            if (faults.size() < MOST_FAULTS) {
                faults.add(
                        (one.get("pointer").asText() + ' ' + one.get("detail").asText()).strip());
            }
        }
        if (faults.isEmpty()) {
            faults.add(problem.get("detail").asText());
        }
        return faults;
    }
}
