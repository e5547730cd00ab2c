package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Receipt;

/**
 * What the sender of a signal is answered: its id, whether it was here before, the code that a resident may have, and whom its
 * consents name that the hub does not know.
 */
public final class ReceiptAnswer {
    private ReceiptAnswer() {}

    public static ObjectNode of(Receipt receipt) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("id", receipt.signalId().toString());
        body.put("status", "accepted");
        body.put("duplicate", receipt.duplicate());
        if (receipt.code() != null) {
            body.put("receiptCode", receipt.code());
        }
        if (!receipt.unknown().isEmpty()) {
            ArrayNode unknown = body.putArray("unknownOrganisations");
            receipt.unknown().forEach(named -> unknown.add(named.replace('|', ' ')));
        }
        return body;
    }

    /** 202 for a new one, 200 for a repeat. */
    public static int status(Receipt receipt) {
        return receipt.duplicate() ? 200 : 202;
    }
}
