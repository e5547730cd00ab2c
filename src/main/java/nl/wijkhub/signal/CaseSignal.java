package nl.wijkhub.signal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The canonical case signal: what one partner reports about one subject, in the shared language. Never edited, only
 * superseded. Field names are those of the published JSON Schema (schema/case-signal.json).
 *
 * @param severity at least the least severity of its category
 * @param senderTerm the word as the sender used it
 * @param ground the legal ground this signal rests on; never null once accepted
 * @param supersedes reference of an earlier signal of the same sender; null for none
 */
public record CaseSignal(
        String reference,
        OffsetDateTime occurredAt,
        OffsetDateTime reportedAt,
        Subject subject,
        String category,
        SenderTerm senderTerm,
        List<String> lifeDomains,
        Severity severity,
        Sensitivity sensitivity,
        String narrative,
        Boolean knownToPolice,
        Integer experiencedImpact,
        List<String> strengths,
        List<String> informalHelpers,
        Reporter reporter,
        WorkerSafety workerSafety,
        GroundClaim ground,
        String supersedes) {

    /** Exactly one of the two is set. */
    public record Subject(Household household, Neighbourhood neighbourhood) {
        @JsonIgnore
        public boolean isHousehold() {
            return household != null;
        }
    }

    public record Household(Address address, List<Person> persons) {
        public Household {
            persons = persons == null ? List.of() : List.copyOf(persons);
        }
    }

    /** Exactly one of the two is set. */
    public record Neighbourhood(String buurtCode, String place) {}

    /** {@code role}: resident, tenant, child or other. */
    public record Person(String role, String name, LocalDate birthDate, String bsn, String phone) {}

    public record SenderTerm(String system, String code, String label) {}

    public record Reporter(String name, String phone, boolean sharingAllowed) {}

    public record WorkerSafety(String advice, LocalDate until) {}

    public record GroundClaim(String article, String decision) {}

    /** What a sender may say to raise the data class, never to lower it. */
    public enum Sensitivity {
        NORMAL,
        HEALTH,
        CRIMINAL,
        CHILD_SAFETY
    }
}
