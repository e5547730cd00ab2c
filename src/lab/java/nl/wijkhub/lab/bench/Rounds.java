package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wijkhub.lab.bench.Measurement.Round;

/**
 * A warm-up until the rate grows no more, then the rounds that count.
 *
 * @param signals at least so many per round
 * @param seconds at least so long per round
 */
record Rounds(int signals, double seconds, int count) {
    /**
     * Code is compiled while it runs: on two cores it takes more than a minute of load before the rate grows no more.
     * A warm-up takes at least so many stretches of a quarter of a round.
     */
    private static final int LEAST_STRETCHES = 8;

    private static final int MOST_STRETCHES = 16;

    /** Growth that counts as none. */
    private static final double STEADY = 0.05;

    List<Round> run(String name, Measurement measurement) throws IOException, InterruptedException {
        warmUp(name, measurement);
        List<Round> measured = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Round round = measurement.saturate(signals, seconds);
            System.out.printf(
                    Locale.ROOT,
                    "%s, round %d: %d signals in %.1f s, %.0f/s, %.2f ms CPU each, told to wait %d times,"
                            + " %.0f%% of the machine went elsewhere%n",
                    name,
                    i,
                    round.signals(),
                    round.seconds(),
                    round.perSecond(),
                    round.cpuMillisPerSignal(),
                    round.pushedBack(),
                    100 * round.elsewhere());
            measured.add(round);
        }
        return measured;
    }

    private void warmUp(String name, Measurement measurement) throws IOException, InterruptedException {
        double best = 0;
        boolean grows = true;
        int stretches = 0;
        while (stretches < LEAST_STRETCHES || (grows && stretches < MOST_STRETCHES)) {
            double rate = measurement.saturate(1, seconds / 4).perSecond();
            grows = rate > best * (1 + STEADY);
            best = Math.max(best, rate);
            stretches++;
        }
        System.out.printf(Locale.ROOT, "%s, warmed up in %d stretches: %.0f/s at best%n", name, stretches, best);
    }
}
