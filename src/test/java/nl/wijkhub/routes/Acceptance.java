package nl.wijkhub.routes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.signal.SignalDraft;
import org.apache.camel.spi.Registry;

/** Stands in for the beans of stage 20: notes what they are given, leaves or throws what a test says. */
public final class Acceptance {
    static final Receipt FRESH = new Receipt(UUID.randomUUID(), false, false, "group");

    Receipt receipt = FRESH;
    RuntimeException failsToStore;
    RuntimeException failsToQueue;

    /** Of the signal's area; null for one about a household. */
    String code;

    /** What becomes of many in one message. */
    List<LineOutcome> outcomes = List.of();

    final List<String> calls = new ArrayList<>();

    /** Who stores a draft and who gives it a code get the same. */
    final Set<Object> drafts = new LinkedHashSet<>();

    void bind(Registry registry) {
        registry.bind("signalAccept", new One());
        registry.bind("areaReceipts", new Codes());
        registry.bind("acceptedQueue", new Queue());
        registry.bind("signalAcceptMany", new Many());
    }

    /** The one signal that came to be stored. */
    SignalDraft draft() {
        if (drafts.size() != 1) {
            throw new AssertionError("not one draft but " + drafts.size());
        }
        return (SignalDraft) drafts.iterator().next();
    }

    public final class One {
        public Receipt accept(Object draft) {
            calls.add("stored");
            drafts.add(draft);
            if (failsToStore != null) {
                throw failsToStore;
            }
            return receipt;
        }
    }

    public final class Codes {
        public Receipt give(Object draft, Receipt stored) {
            calls.add("coded");
            drafts.add(draft);
            return new Receipt(
                    stored.signalId(), stored.duplicate(), stored.worked(), stored.group(), code, java.util.Set.of());
        }
    }

    public final class Queue {
        public Receipt put(Receipt coded) {
            calls.add("queued");
            if (failsToQueue != null) {
                throw failsToQueue;
            }
            return coded;
        }
    }

    public final class Many {
        public List<LineOutcome> accept(Object lines) {
            calls.add("stored as many");
            drafts.add(lines);
            return outcomes;
        }
    }
}
