package nl.wijkhub.lab.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What the figures of a run amount to. A fault that was found counts whatever else went wrong; without one, a run that did
 * too little to find any is no proof.
 *
 * @param exit the exit code
 * @param lines the same in words
 */
record ChaosVerdict(int exit, List<String> lines) {
    static final int SOUND = 0;
    static final int FAULT = 1;
    static final int NO_PROOF = 2;

    static ChaosVerdict of(ChaosFigures figures) {
        List<String> findings = new ArrayList<>(figures.findings());
        if (figures.count() != null) {
            findings.addAll(figures.count().findings());
        }
        List<String> doubts = doubts(figures, findings);
        List<String> lines = new ArrayList<>();
        lines.add(kills(figures));
        if (!findings.isEmpty()) {
            findings.forEach(finding -> lines.add("FAULT: " + finding));
            doubts.forEach(doubt -> lines.add("besides: " + doubt));
            lines.add("NOT SOUND");
            return new ChaosVerdict(FAULT, lines);
        }
        if (!doubts.isEmpty()) {
            doubts.forEach(doubt -> lines.add("not a proof: " + doubt));
            return new ChaosVerdict(NO_PROOF, lines);
        }
        lines.add("nothing lost, nothing doubled, nothing shared undecided");
        return new ChaosVerdict(SOUND, lines);
    }

    private static List<String> doubts(ChaosFigures figures, List<String> findings) {
        List<String> doubts = new ArrayList<>(figures.doubts());
        doubtsOfKills(figures, doubts);
        ChaosCount count = figures.count();
        if (count == null) {
            doubts.add("nothing was counted");
        } else {
            doubts.addAll(count.doubts());
            if (count.workedSince() == 0) {
                doubts.add("no signal was worked after the last kill");
            }
        }
        if (figures.planted() != null && figures.kills().stream().noneMatch(ChaosKill::aimed)) {
            doubts.add("no kill met the step of " + figures.planted());
        }
        if (figures.planted() != null && findings.isEmpty()) {
            doubts.add(figures.planted() + " was planted and not found");
        }
        return doubts;
    }

    private static void doubtsOfKills(ChaosFigures figures, List<String> doubts) {
        List<ChaosKill> kills = figures.kills();
        if (kills.stream().noneMatch(kill -> kill.victim() == ChaosKill.Victim.HUB)) {
            doubts.add("no kill of the hub: a kill comes after %d acknowledged signals, there were %d"
                    .formatted(figures.floor(), figures.sinceLast()));
            return;
        }
        if (perKill(kills) < figures.floor()) {
            doubts.add("%d signals acknowledged per kill (median of %d), at least %d are asked"
                    .formatted(perKill(kills), kills.size(), figures.floor()));
        }
        if (figures.sinceLast() < figures.floor()) {
            doubts.add("%d signals acknowledged after the last kill, at least %d are asked"
                    .formatted(figures.sinceLast(), figures.floor()));
        }
        if (kills.stream().noneMatch(kill -> kill.inHand() > 0)) {
            doubts.add("no kill met a request in hand");
        }
    }

    /** The median; of an even number the lower of the two in the middle. */
    private static int perKill(List<ChaosKill> kills) {
        return kills.stream()
                .map(ChaosKill::acknowledged)
                .sorted()
                .skip((kills.size() - 1) / 2)
                .findFirst()
                .orElse(0);
    }

    private static String kills(ChaosFigures figures) {
        List<ChaosKill> kills = figures.kills();
        return "kills %d (%d aimed, %d of the database, %d with requests in hand), signals acknowledged per kill %d (floor %d), after the last %d"
                .formatted(
                        kills.size(),
                        kills.stream().filter(ChaosKill::aimed).count(),
                        kills.stream()
                                .filter(kill -> kill.victim() == ChaosKill.Victim.DATABASE)
                                .count(),
                        kills.stream().filter(kill -> kill.inHand() > 0).count(),
                        perKill(kills),
                        figures.floor(),
                        figures.sinceLast());
    }
}
