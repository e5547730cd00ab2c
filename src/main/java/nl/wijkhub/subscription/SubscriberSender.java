package nl.wijkhub.subscription;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import nl.wijkhub.subscription.Subscription.Credential;

/** A port: the way out, over HTTP and the broker. */
public interface SubscriberSender {
    /**
     * One request to a receiver.
     *
     * @param credential null for none
     * @param body empty for none
     */
    record Request(String method, URI sink, Map<String, String> headers, byte[] body, Credential credential) {}

    /**
     * What came back.
     *
     * @param status the HTTP status; 0 when no answer came
     * @param headers by lower-case name
     * @param failure a code where no answer came; null where one did
     * @param reached whether the receiver may have had the request
     */
    record Answer(int status, Map<String, String> headers, String failure, boolean reached) {
        /** No connection came about: nobody can have seen anything. */
        public static Answer notReached(String failure) {
            return new Answer(0, Map.of(), failure, false);
        }

        public static Answer none(String failure) {
            return new Answer(0, Map.of(), failure, true);
        }

        public boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** Why it is no success, as a code for its owner. */
        public String reason() {
            if (failure != null) {
                return failure;
            }
            return status >= 300 && status < 400 ? "redirect" : "status-" + status;
        }
    }

    /** Sends a request; never throws, and ends within the time the hub gives a receiver. */
    CompletionStage<Answer> send(Request request);

    /** Puts an event on a queue; returns when it is durable there. A repeat of the same id is dropped by the broker. */
    void enqueue(String address, UUID id, byte[] event);

    /** Takes an event off a queue; false when somebody has it already. */
    boolean takeOff(String address, UUID id);

    /** Makes the queue of a subscription, for its owner alone. */
    void openQueue(String address, String owner);

    /** Takes the queue of a subscription that ended away, with all that stands in it. */
    void closeQueue(String address);
}
