package nl.wijkhub.lab.chaos;

import java.util.List;

/**
 * What one run of the fault harness saw.
 *
 * @param floor signals that must be acknowledged per kill
 * @param planted the name of the planted fault; null for none
 * @param kills in their order
 * @param sinceLast signals acknowledged after the last kill
 * @param count what came out; null when nothing could be counted
 * @param findings what may never be, beside what the count found
 * @param doubts what went otherwise than a run should
 */
record ChaosFigures(
        int floor,
        String planted,
        List<ChaosKill> kills,
        int sinceLast,
        ChaosCount count,
        List<String> findings,
        List<String> doubts) {}
