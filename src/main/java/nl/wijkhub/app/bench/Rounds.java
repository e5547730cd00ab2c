package nl.wijkhub.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wijkhub.app.bench.Measurement.Round;

/**
 * A warm-up until the rate stands still, then the rounds that count.
 *
 * @param signals at least so many per round
 * @param seconds at least so long per round
 */
record Rounds(int signals, double seconds, int count) {
    /** Code is compiled while it runs: a warm-up goes on until two stretches differ by less. */
    private static final double STEADY = 0.04;

    private static final int MOST_WARM_UPS = 12;

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
        double before = 0;
        double rate = measurement.saturate(1, seconds / 4).perSecond();
        int stretches = 1;
        while (stretches < MOST_WARM_UPS && Math.abs(rate - before) > STEADY * rate) {
            before = rate;
            rate = measurement.saturate(1, seconds / 4).perSecond();
            stretches++;
        }
        System.out.printf(Locale.ROOT, "%s, warmed up: %.0f/s after %d stretches%n", name, rate, stretches);
    }
}
