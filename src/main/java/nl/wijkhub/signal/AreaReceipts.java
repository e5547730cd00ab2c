package nl.wijkhub.signal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Vault;

/**
 * Gives whoever reports something about an area a code, by which it is found how far that is. A signal about a household
 * never has one: what would be told by it, would be told about somebody.
 */
public final class AreaReceipts {
    private final ReceiptStore receipts;
    private final Vault vault;
    private final Duration valid;
    private final Clock clock;

    /** @param valid how long a code answers */
    public AreaReceipts(ReceiptStore receipts, Vault vault, Duration valid, Clock clock) {
        this.receipts = receipts;
        this.vault = vault;
        this.valid = valid;
        this.clock = clock;
    }

    /**
     * In: a draft and the receipt of its signal, which is stored. Out: the receipt with its code, durable; as it was for a
     * household. A repeat gets the code of the first, which is not valid for longer by it.
     */
    public Receipt give(SignalDraft draft, Receipt receipt) {
        if (draft.signal().subject().isHousehold()) {
            return receipt;
        }
        String code = ReceiptCode.of(receipt.signalId(), vault);
        receipts.give(receipt.signalId(), key(code), clock.instant().plus(valid));
        return receipt.withCode(code);
    }

    /**
     * As {@link #give}, several in one statement.
     *
     * @param given in the order of the drafts; null for one that was refused
     */
    public List<Receipt> giveAll(List<SignalDraft> drafts, List<Receipt> given) {
        List<Receipt> told = new ArrayList<>(given);
        Map<UUID, byte[]> keys = new LinkedHashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            Receipt receipt = given.get(i);
            if (receipt != null && !drafts.get(i).signal().subject().isHousehold()) {
                String code = ReceiptCode.of(receipt.signalId(), vault);
                keys.put(receipt.signalId(), key(code));
                told.set(i, receipt.withCode(code));
            }
        }
        if (!keys.isEmpty()) {
            receipts.giveAll(keys, clock.instant().plus(valid));
        }
        return told;
    }

    private byte[] key(String code) {
        return ReceiptCode.key(ReceiptCode.normal(code).orElseThrow(), vault);
    }

    /**
     * The signal behind a code, and those that replaced it in turn; none for what is no code, or one that expired.
     *
     * @param typed as somebody copied it
     */
    public List<UUID> signalsOf(String typed) {
        // what cannot be a code is looked for all the same: it takes as long
        String code = ReceiptCode.normal(typed).orElse("");
        return receipts.follow(ReceiptCode.key(code, vault), clock.instant());
    }
}
