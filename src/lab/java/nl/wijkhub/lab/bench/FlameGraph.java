package nl.wijkhub.lab.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A flame graph as SVG: every box is a method, as wide as its part of all samples, on top of what called it. */
final class FlameGraph {
    private static final int WIDTH = 1600;
    private static final int ROW = 16;
    private static final double LEAST_WIDTH = 0.8;
    private static final double LETTER = 6.5;

    private static final class Box {
        private final Map<String, Box> children = new TreeMap<>();
        private long samples;

        int depth() {
            return 1 + children.values().stream().mapToInt(Box::depth).max().orElse(0);
        }
    }

    private final Box all = new Box();

    /**
     * @param stacks frames from outermost to innermost, separated by semicolons, with their samples
     */
    FlameGraph(Map<String, Long> stacks) {
        stacks.forEach((stack, samples) -> {
            Box box = all;
            box.samples += samples;
            for (String frame : stack.split(";")) {
                box = box.children.computeIfAbsent(frame, f -> new Box());
                box.samples += samples;
            }
        });
    }

    String svg() {
        int height = (all.depth() + 1) * ROW;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"monospace\""
                        + " font-size=\"11\">%n",
                WIDTH,
                height));
        draw(svg, "all", all, 0, height - ROW);
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, String name, Box box, double left, int top) {
        double width = (double) WIDTH * box.samples / Math.max(1, all.samples);
        if (width < LEAST_WIDTH) {
            return;
        }
        String text = escaped(name);
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s: %d samples, %.1f%%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                        + " fill=\"%s\" stroke=\"white\"/>",
                text,
                box.samples,
                100.0 * box.samples / all.samples,
                left,
                top,
                width,
                ROW,
                colour(name)));
        String shortName = name.substring(name.lastIndexOf('.', Math.max(0, name.lastIndexOf('.') - 1)) + 1);
        if (shortName.length() * LETTER < width) {
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>", left + 2, top + ROW - 4, escaped(shortName)));
        }
        svg.append("</g>\n");
        double from = left;
        for (Map.Entry<String, Box> child : box.children.entrySet()) {
            draw(svg, child.getKey(), child.getValue(), from, top - ROW);
            from += (double) WIDTH * child.getValue().samples / all.samples;
        }
    }

    /** The hub's own code stands out. */
    private static String colour(String name) {
        if (name.startsWith("nl.wijkhub")) {
            return "#e8743b";
        }
        int shade = 190 + Math.floorMod(name.hashCode(), 40);
        return String.format("#%02x%02x%02x", shade + 20, shade, 150);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
