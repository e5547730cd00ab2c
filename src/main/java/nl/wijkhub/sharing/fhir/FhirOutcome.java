package nl.wijkhub.sharing.fhir;

import java.util.List;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.FaultTexts;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Trace;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/** A failure under {@code /fhir} as OperationOutcome: an issue per fault, with its place as a FHIR path. */
public final class FhirOutcome {
    private FhirOutcome() {}

    /**
     * @param resource the type of what was sent, e.g. {@code Consent}
     * @param faults each with its place in it, or under {@code /http} for a parameter
     * @param mediaType {@code application/fhir+json} or {@code application/fhir+xml}
     */
    public static String text(String resource, Problem problem, List<Fault> faults, Trace trace, String mediaType) {
        OperationOutcome outcome = new OperationOutcome();
        for (Fault fault : faults) {
            OperationOutcomeIssueComponent issue = issue(outcome, problem, trace);
            issue.getDetails()
                    .setText(FaultTexts.DUTCH.of(fault))
                    .addCoding()
                    .setSystem("urn:wijkhub:fault")
                    .setCode(fault.code());
            issue.addExpression(path(resource, fault.pointer()));
        }
        if (faults.isEmpty()) {
            issue(outcome, problem, trace)
                    .getDetails()
                    .setText(problem.advice())
                    .addCoding()
                    .setSystem("urn:wijkhub:problem")
                    .setCode(problem.code());
        }
        return FhirDocument.text(outcome, mediaType);
    }

    private static OperationOutcomeIssueComponent issue(OperationOutcome outcome, Problem problem, Trace trace) {
        return outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(type(problem))
                .setDiagnostics(trace == null ? null : trace.traceId());
    }

    private static IssueType type(Problem problem) {
        return switch (problem) {
            case INVALID_INPUT -> IssueType.INVALID;
            case MALFORMED_INPUT -> IssueType.STRUCTURE;
            case NOT_AUTHENTICATED -> IssueType.LOGIN;
            case NOT_ALLOWED -> IssueType.FORBIDDEN;
            case NOT_FOUND -> IssueType.NOTFOUND;
            case REFERENCE_CONFLICT -> IssueType.DUPLICATE;
            case STATE_CONFLICT, STALE_VERSION -> IssueType.CONFLICT;
            case TOO_LARGE -> IssueType.TOOLONG;
            case UNSUPPORTED_MEDIA_TYPE -> IssueType.NOTSUPPORTED;
            case TOO_MANY_REQUESTS -> IssueType.THROTTLED;
            case INTERNAL_ERROR -> IssueType.EXCEPTION;
            case UNAVAILABLE -> IssueType.TRANSIENT;
        };
    }

    /**
     * {@code /provision/provision/0/period} is {@code Consent.provision.provision[0].period}, the {@code _criteria} of JSON
     * is {@code criteria}, and the value of an extension is {@code value} whatever its type.
     */
    static String path(String resource, String pointer) {
        boolean isParameter = pointer.startsWith("/http/");
        StringBuilder path = new StringBuilder(isParameter ? "http" : resource);
        String[] steps = (isParameter ? pointer.substring("/http".length()) : pointer)
                .replaceAll("/_", "/")
                .replaceAll("(/extension/[0-9]+)/value[A-Z][A-Za-z0-9]*", "$1/value")
                .split("/");
        for (int i = 1; i < steps.length; i++) {
            boolean isIndex = !steps[i].isEmpty() && steps[i].chars().allMatch(Character::isDigit);
            path.append(
                    isIndex
                            ? "[" + steps[i] + "]"
                            : "." + steps[i].replace("~1", "/").replace("~0", "~"));
        }
        return path.toString();
    }
}
