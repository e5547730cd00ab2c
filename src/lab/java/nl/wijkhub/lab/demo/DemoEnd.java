package nl.wijkhub.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the sample day ended: one household as each discipline sees it, side by side, and what each queue holds. */
final class DemoEnd {
    private static final int WIDTH = 26;
    private static final String TEAM = "vb-noord";

    /** Discipline → the user of vb-noord who looks as it. */
    private static final Map<String, String> VIEWERS = new LinkedHashMap<>();

    static {
        VIEWERS.put("MUNICIPALITY", "medewerker-demo");
        VIEWERS.put("POLICE", "wijkagent-demo");
        VIEWERS.put("HOUSING", "woonconsulent-demo");
        VIEWERS.put("WELFARE", "welzijn-lid-demo");
        VIEWERS.put("CARE", "zorg-lid-demo");
    }

    private static final List<String> TEAMS = List.of(TEAM, "vb-zuid", "zonder-team");

    private final DemoClient client;

    DemoEnd(DemoClient client) {
        this.client = client;
    }

    /** @param household signal id → what was sent, in the order of the day */
    void print(Map<String, String> household, PrintStream out) throws IOException, InterruptedException {
        out.printf(
                "%nOne household, %d signals of one week, as each discipline of %s may see it (pulled now, decided anew):%n%n",
                household.size(), TEAM);
        List<List<String>> head = new ArrayList<>();
        VIEWERS.keySet().forEach(discipline -> head.add(List.of(discipline)));
        row(head, out);
        rule(out);
        for (Map.Entry<String, String> signal : household.entrySet()) {
            out.println("  " + signal.getValue());
            List<List<String>> cells = new ArrayList<>();
            for (String user : VIEWERS.values()) {
                cells.add(cell(client.asUser(user, "/v1/signals/" + signal.getKey())));
            }
            row(cells, out);
            rule(out);
        }
    }

    /** What one viewer gets of one signal; a dash when it does not exist for that viewer. */
    private static List<String> cell(DemoClient.Answer answer) {
        if (answer.status() != 200) {
            return List.of("-");
        }
        JsonNode view = answer.json();
        List<String> lines = new ArrayList<>();
        lines.add(view.path("disclosure").asText() + " " + view.path("ground").asText());
        add(lines, view.path("category").asText());
        add(lines, view.path("advice").asText());
        if (view.has("address")) {
            JsonNode address = view.get("address");
            add(
                    lines,
                    address.path("postalCode").asText()
                            + ' '
                            + address.path("houseNumber").asText()
                            + ' '
                            + address.path("houseLetter").asText()
                            + address.path("addition").asText());
        }
        view.path("persons").forEach(person -> add(lines, person.path("name").asText()));
        if (!view.has("category")) {
            add(lines, "bel " + view.path("contact").asText());
        }
        return lines;
    }

    private static void add(List<String> lines, String text) {
        for (String rest = text.strip(); !rest.isEmpty(); ) {
            int space = rest.lastIndexOf(' ', WIDTH);
            int cut = rest.length() <= WIDTH ? rest.length() : space < 1 ? WIDTH : space;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
    }

    private static void row(List<List<String>> cells, PrintStream out) {
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder("  ");
            for (List<String> cell : cells) {
                text.append(String.format("%-" + (WIDTH + 1) + "s", line < cell.size() ? cell.get(line) : ""));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static void rule(PrintStream out) {
        out.println("  " + ("-".repeat(WIDTH) + " ").repeat(VIEWERS.size()).stripTrailing());
    }

    void queues(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                "%nWhat each queue holds:%n%n  %-28s %7s %7s %6s %8s   %s%n",
                "", "waiting", "acute", "high", "normal", "first due");
        for (String team : TEAMS) {
            for (String discipline : team.equals("zonder-team") ? List.of("MUNICIPALITY") : VIEWERS.keySet()) {
                String pair = team + '.' + discipline.toLowerCase(java.util.Locale.ROOT);
                JsonNode items = client.asSystem(pair, "/v1/teams/" + team + "/queue-items?state=waiting&pageSize=1000")
                        .json()
                        .path("items");
                out.printf(
                        "  team.%-23s %7d %7d %6d %8d   %s%n",
                        pair,
                        items.size(),
                        count(items, "acute"),
                        count(items, "high"),
                        count(items, "normal"),
                        items.path(0).path("dueAt").asText("").replaceAll("\\.[0-9]+", ""));
            }
        }
    }

    /** What is held before it goes, as the privacy officer sees it. */
    void holds(PrintStream out) throws IOException, InterruptedException {
        Map<String, Integer> waiting = new TreeMap<>();
        client.asUser("privacy-demo", "/v1/holds")
                .json()
                .path("items")
                .forEach(hold -> waiting.merge(
                        String.format(
                                "%-20s %s",
                                hold.path("kind").asText(),
                                hold.path("recipient").asText()),
                        1,
                        Integer::sum));
        out.printf(
                "%nWhat waits before it goes (privacy-demo, GET /v1/holds); nothing of it shows to the recipient:%n%n");
        waiting.forEach((what, count) -> out.printf("  %-50s %4d%n", what, count));
    }

    private static int count(JsonNode items, String priority) {
        int count = 0;
        for (JsonNode item : items) {
            count += item.path("priority").asText().equals(priority) ? 1 : 0;
        }
        return count;
    }
}
