package nl.wijkhub.subscription;

import java.util.Map;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.Subscription.Status;

/**
 * What a receiver's answer to the question whether it wants events means. Source: CloudEvents HTTP webhook 1.0.2,
 * section 4: consent is the header {@code WebHook-Allowed-Origin} naming this origin, never the status alone. A name
 * that merely begins like ours is another's.
 */
public final class Handshake {
    static final String ASKED_ORIGIN = "WebHook-Request-Origin";
    static final String ASKED_RATE = "WebHook-Request-Rate";
    private static final String ALLOWED_ORIGIN = "webhook-allowed-origin";
    private static final String ALLOWED_RATE = "webhook-allowed-rate";

    /**
     * @param status {@code PENDING} to ask again later
     * @param reason a code; null where it is active
     * @param ratePerMinute what the receiver takes at most
     */
    public record Verdict(Status status, String reason, int ratePerMinute) {}

    private Handshake() {}

    static Map<String, String> headers(String origin, int rate) {
        return Map.of(ASKED_ORIGIN, origin, ASKED_RATE, String.valueOf(rate));
    }

    /**
     * @param rate what the hub asked for
     */
    static Verdict verdict(Answer answer, String origin, int rate) {
        if (answer.failure() != null || answer.status() >= 500 || answer.status() == 429) {
            return answer.failure() != null && answer.failure().equals("address-refused")
                    ? new Verdict(Status.REFUSED, answer.reason(), rate)
                    : new Verdict(Status.PENDING, answer.reason(), rate);
        }
        if ((answer.status() >= 300 && answer.status() < 400) || answer.status() == 410) {
            return new Verdict(Status.REFUSED, answer.reason(), rate);
        }
        String allowed = answer.headers().get(ALLOWED_ORIGIN);
        if (allowed == null) {
            return new Verdict(Status.REFUSED, "no-consent", rate);
        }
        if (!allowed.strip().equals(origin) && !allowed.strip().equals("*")) {
            return new Verdict(Status.REFUSED, "other-origin", rate);
        }
        return new Verdict(Status.ACTIVE, null, rateOf(answer.headers().get(ALLOWED_RATE), rate));
    }

    /** A receiver may ask for less than the hub would send, not for more. */
    private static int rateOf(String allowed, int asked) {
        return allowed != null && allowed.strip().matches("[1-9][0-9]{0,8}")
                ? Math.min(asked, Integer.parseInt(allowed.strip()))
                : asked;
    }
}
