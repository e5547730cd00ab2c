package nl.wijkhub.team;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.AreaReceipts;
import nl.wijkhub.signal.SignalStore;

/** Shows whoever holds the code of a signal about an area how far that is, its day and the name of its neighbourhood. */
public final class ReceiptLook {
    /**
     * What shows of a signal.
     *
     * @param status received, taken-up or closed
     * @param area null where its neighbourhood has no name
     */
    public record Progress(String status, LocalDate receivedOn, String area) {}

    private final Database database;
    private final AreaReceipts receipts;
    private final SignalStore signals;
    private final SenderFeedback feedback;
    private final Neighbourhoods neighbourhoods;

    public ReceiptLook(
            Database database,
            AreaReceipts receipts,
            SignalStore signals,
            SenderFeedback feedback,
            Neighbourhoods neighbourhoods) {
        this.database = database;
        this.receipts = receipts;
        this.signals = signals;
        this.feedback = feedback;
        this.neighbourhoods = neighbourhoods;
    }

    /**
     * Empty for what is no code, for one of nobody and for one that expired.
     *
     * @param typed as somebody copied it
     */
    public Optional<Progress> of(String typed, Trace trace) {
        List<UUID> found = receipts.signalsOf(typed);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        AcceptedSignal received = signals.byId(found.get(0)).orElseThrow();
        String buurt = received.signal().subject().neighbourhood().buurtCode();
        return Optional.of(new Progress(
                database.inTransaction(() -> feedback.status(found, trace)),
                LocalDate.ofInstant(received.acceptedAt(), SharingPolicy.CALENDAR),
                buurt == null ? null : neighbourhoods.nameOf(buurt)));
    }
}
