package nl.wijkhub.subscription.fhir;

import java.util.List;
import java.util.Map;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.subscription.Subscription.Content;

/**
 * Which events somebody asks {@code $events} for.
 *
 * @param since the first number, itself too
 * @param until the last number, itself too
 * @param content what is told of each: {@code empty} or {@code id-only}; null for what the subscription has
 */
public record EventsQuery(long since, long until, String content) {
    public static final String SINCE = "eventsSinceNumber";
    public static final String UNTIL = "eventsUntilNumber";
    public static final String CONTENT = "content";
    private static final long LAST = Long.MAX_VALUE / 2;
    private static final List<String> CONTENTS = List.of("empty", "id-only", "full-resource");

    /** Every fault at once. */
    public static EventsQuery of(Map<String, List<String>> asked, Checks checks) {
        long since = number(asked, SINCE, 1, checks);
        long until = number(asked, UNTIL, LAST, checks);
        if (until < since) {
            checks.fault("/http/" + UNTIL, "out-of-range.until-before-since");
        }
        String content = OperationReading.one(asked, CONTENT, checks);
        if (content != null && !CONTENTS.contains(content)) {
            checks.fault("/http/" + CONTENT, "not-in-list.content");
        }
        return new EventsQuery(since, until, content);
    }

    private static long number(Map<String, List<String>> asked, String name, long otherwise, Checks checks) {
        String sent = OperationReading.one(asked, name, checks);
        if (sent == null) {
            return otherwise;
        }
        if (!sent.matches("[0-9]{1,18}")) {
            checks.fault("/http/" + name, "wrong-form.event-number");
            return otherwise;
        }
        return Math.max(1, Long.parseLong(sent));
    }

    /** How many there can be of it. */
    public int size(int most) {
        return (int) Math.min(most, until - since + 1);
    }

    /** More than an id nobody gets: whoever asks for that gets what the subscription has. */
    Content content(Content own) {
        return content == null || content.equals("full-resource")
                ? own
                : content.equals("empty") ? Content.EMPTY : Content.ID_ONLY;
    }

    /** The same, after this number, as a query. */
    String after(long number) {
        return SINCE + "=" + (number + 1) + (until == LAST ? "" : "&" + UNTIL + "=" + until)
                + (content == null ? "" : "&" + CONTENT + "=" + content);
    }
}
