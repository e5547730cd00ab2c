package nl.wijkhub.kernel;

import java.util.List;

/** The sender's fault; never retried. Carries every fault at once and nothing of what was sent. */
public final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<Fault> faults;

    public Rejected(Problem problem) {
        this(problem, List.of());
    }

    public Rejected(Problem problem, List<Fault> faults) {
        super(problem.code());
        this.problem = problem;
        this.faults = List.copyOf(faults);
    }

    /** For one fault: {@link Fault#of}. */
    public static Rejected of(Problem problem, String pointer, String key, Object... arguments) {
        return new Rejected(problem, List.of(Fault.of(pointer, key, arguments)));
    }

    public Problem problem() {
        return problem;
    }

    public List<Fault> faults() {
        return faults;
    }
}
