package nl.wijkhub.escalation;

import java.util.Map;

/**
 * What a rule may look at, for one recipient, from what that recipient may see.
 *
 * @param severity empty when the recipient may not see it
 * @param category empty when the recipient may not see it
 * @param disciplines30 senders' disciplines seen in thirty days, this signal included
 * @param signals30 signals seen in thirty days, this one included
 */
public record EscalationFacts(String severity, String category, long disciplines30, long signals30) {
    Map<String, Object> variables() {
        return Map.of(
                "severity", severity,
                "category", category,
                "disciplines30", disciplines30,
                "signals30", signals30);
    }
}
