package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.FaultTexts;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;

/** A failure as {@code application/problem+json}: what to do, all faults at once, nothing of what was sent. */
public final class ProblemAnswer {
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemAnswer() {}

    public static Problem problemOf(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Rejected rejected) {
                return rejected.problem();
            }
        }
        return Unavailable.in(failure) == null ? Problem.INTERNAL_ERROR : Problem.UNAVAILABLE;
    }

    /** Every fault that was noted, however deep. */
    public static List<Fault> faultsOf(Throwable failure) {
        List<Fault> faults = new ArrayList<>();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Rejected rejected) {
                faults.addAll(rejected.faults());
            }
        }
        return faults;
    }

    public static String body(Throwable failure, Trace trace) {
        return of(failure, trace).toString();
    }

    /** The same, to be part of another answer. */
    public static ObjectNode of(Throwable failure, Trace trace) {
        Problem problem = problemOf(failure);
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("type", problem.type());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.advice());
        body.put("instance", trace == null ? "" : trace.traceId());
        List<Fault> faults = faultsOf(failure);
        if (!faults.isEmpty()) {
            ArrayNode errors = body.putArray("errors");
            for (Fault fault : faults) {
                errors.addObject()
                        .put("pointer", fault.pointer())
                        .put("code", fault.code())
                        .put("detail", FaultTexts.DUTCH.of(fault));
            }
        }
        return body;
    }

    /** The kind of a failure and where in our own code it arose; a message could carry data, this cannot. */
    public static String place(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            for (StackTraceElement element : t.getStackTrace()) {
                if (element.getClassName().startsWith("nl.wijkhub.")) {
                    return root.getClass().getName() + "@" + element.getFileName() + ":" + element.getLineNumber();
                }
            }
        }
        return root.getClass().getName();
    }
}
