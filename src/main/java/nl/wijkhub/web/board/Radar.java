package nl.wijkhub.web.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where scores on life domains stand in a radar, in the units of a square of 200 with room for names around it. A score
 * that was not given lies in the middle. The numbers themselves stand in a table beside it.
 */
public final class Radar {
    private static final int MIDDLE = 170;
    private static final int RADIUS = 100;
    private static final int MOST = 5;

    /** The name of a domain, at the end of its spoke. */
    public record Spoke(String name, String x, String y, String textX, String textY, String anchor) {}

    private Radar() {}

    static List<Spoke> spokes(Collection<String> names) {
        List<Spoke> spokes = new ArrayList<>();
        int at = 0;
        for (String name : names) {
            double angle = angle(at++, names.size());
            double across = Math.sin(angle);
            spokes.add(new Spoke(
                    name,
                    x(angle, RADIUS),
                    y(angle, RADIUS),
                    x(angle, RADIUS + 10),
                    y(angle, RADIUS + 10),
                    across > 0.1 ? "start" : across < -0.1 ? "end" : "middle"));
        }
        return spokes;
    }

    /** The corners of one round of scores, for a polygon. */
    static String corners(Collection<String> domains, Map<String, Integer> values) {
        List<String> corners = new ArrayList<>();
        int at = 0;
        for (String domain : domains) {
            double reach = values.getOrDefault(domain, 0) * (double) RADIUS / MOST;
            double angle = angle(at++, domains.size());
            corners.add(x(angle, reach) + ',' + y(angle, reach));
        }
        return String.join(" ", corners);
    }

    private static double angle(int at, int of) {
        return 2 * Math.PI * at / of;
    }

    private static String x(double angle, double reach) {
        return String.format(Locale.ROOT, "%.1f", MIDDLE + Math.sin(angle) * reach);
    }

    private static String y(double angle, double reach) {
        return String.format(Locale.ROOT, "%.1f", MIDDLE - Math.cos(angle) * reach);
    }
}
