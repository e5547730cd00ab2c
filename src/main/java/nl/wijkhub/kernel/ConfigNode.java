package nl.wijkhub.kernel;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A place in a YAML config file that remembers its line. Readers ask for what they need; whatever is missing,
 * misspelt, of the wrong kind or never asked for becomes a {@link ConfigFault}, all of them at once.
 */
public final class ConfigNode {
    private final String file;
    private final Node node;
    private final int line;
    private final List<ConfigFault> faults;
    private final Map<String, Node> entries = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    private ConfigNode(String file, Node node, int line, List<ConfigFault> faults) {
        this.file = file;
        this.node = node;
        this.line = line;
        this.faults = faults;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (entries.put(key, tuple.getValueNode()) != null) {
                    fault(tuple.getKeyNode().getStartMark().getLine() + 1, "the key '" + key + "' stands twice");
                }
            }
        }
    }

    /**
     * Reads a file below the config folder. A file that is missing or no YAML gives one fault and an empty node.
     *
     * @param faults where every fault is added
     */
    public static ConfigNode read(Path folder, String file, List<ConfigFault> faults) {
        try {
            return of(file, Files.readString(folder.resolve(file)), faults);
        } catch (IOException e) {
            faults.add(new ConfigFault(file, 0, "cannot be read"));
            return new ConfigNode(file, null, 0, faults);
        }
    }

    /**
     * The same of a text that was read already.
     *
     * @param file to name in a fault
     */
    public static ConfigNode of(String file, String text, List<ConfigFault> faults) {
        Node root = compose(file, text, faults);
        if (root instanceof MappingNode) {
            return new ConfigNode(file, root, 1, faults);
        }
        if (root != null) {
            faults.add(new ConfigFault(file, 1, "expected a mapping at the top"));
        }
        return new ConfigNode(file, null, 0, faults);
    }

    /**
     * The mappings of a text that is a list of them.
     *
     * @param file to name in a fault
     */
    public static List<ConfigNode> listOf(String file, String text, List<ConfigFault> faults) {
        Node root = compose(file, text, faults);
        if (root instanceof SequenceNode list) {
            return list.getValue().stream()
                    .map(item -> new ConfigNode(file, item, lineOf(item), faults))
                    .toList();
        }
        if (root != null) {
            faults.add(new ConfigFault(file, 1, "expected a list at the top"));
        }
        return List.of();
    }

    /** Null with a fault when it is no YAML. */
    private static Node compose(String file, String text, List<ConfigFault> faults) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(64 * 1024 * 1024);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return root == null ? new ScalarNode(Tag.NULL, "", null, null, DumperOptions.ScalarStyle.PLAIN) : root;
        } catch (MarkedYAMLException e) {
            int at = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            faults.add(new ConfigFault(file, at, "is no YAML: " + e.getProblem()));
            return null;
        }
    }

    /** Adds a fault at this place. */
    public void fault(String reason) {
        fault(line, reason);
    }

    private void fault(int at, String reason) {
        faults.add(new ConfigFault(file, at, reason));
    }

    /** Where this place begins; 1-based. */
    public int line() {
        return line;
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** A text that must be there; empty text (with a fault) when it is not. */
    public String text(String key) {
        return optionalText(key).orElseGet(() -> {
            if (!has(key)) {
                fault("'" + key + "' is missing");
            }
            return "";
        });
    }

    public Optional<String> optionalText(String key) {
        asked.add(key);
        Node value = entries.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        fault(lineOf(value), "'" + key + "' must be a single value");
        return Optional.empty();
    }

    /** A text turned into something else; a fault with the allowed form when that fails. */
    public <T> Optional<T> value(String key, String form, Function<String, Optional<T>> parse) {
        return optionalText(key).flatMap(text -> {
            Optional<T> parsed = parse.apply(text);
            if (parsed.isEmpty()) {
                fault(lineOf(entries.get(key)), "'" + key + "' is '" + text + "', expected " + form);
            }
            return parsed;
        });
    }

    public <T> T required(String key, String form, T fallback, Function<String, Optional<T>> parse) {
        if (!has(key)) {
            fault("'" + key + "' is missing, expected " + form);
        }
        return value(key, form, parse).orElse(fallback);
    }

    public Optional<LocalDate> date(String key) {
        return value(key, "a date like 2026-01-31", text -> attempt(() -> LocalDate.parse(text)));
    }

    public Optional<Duration> duration(String key) {
        return value(key, "an ISO 8601 duration like PT4H or P5D", text -> attempt(() -> Duration.parse(text)));
    }

    public boolean flag(String key, boolean otherwise) {
        return value(key, "true or false", text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.<Boolean>empty();
                })
                .orElse(otherwise);
    }

    public Optional<Integer> integer(String key) {
        return value(key, "a whole number", text -> attempt(() -> Integer.valueOf(text)));
    }

    /** The texts of a list; an absent list is empty. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                fault(lineOf(item), "'" + key + "' must hold single values");
            }
        }
        return texts;
    }

    /** The values of a list, each parsed; what does not parse is a fault on its own line. */
    public <T> List<T> values(String key, String form, Function<String, Optional<T>> parse) {
        List<T> values = new ArrayList<>();
        for (Node item : items(key)) {
            Optional<T> parsed = item instanceof ScalarNode s ? parse.apply(s.getValue()) : Optional.empty();
            parsed.ifPresentOrElse(values::add, () -> fault(lineOf(item), "an item of '" + key + "' is not " + form));
        }
        return values;
    }

    /** The mappings of a list; an absent list is empty. */
    public List<ConfigNode> nodes(String key) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof MappingNode) {
                nodes.add(new ConfigNode(file, item, lineOf(item), faults));
            } else {
                fault(lineOf(item), "'" + key + "' must hold mappings");
            }
        }
        return nodes;
    }

    /** The mapping under a key; empty when it is not there. */
    public Optional<ConfigNode> node(String key) {
        asked.add(key);
        Node value = entries.get(key);
        if (value instanceof MappingNode) {
            return Optional.of(new ConfigNode(file, value, lineOf(value), faults));
        }
        if (value != null) {
            fault(lineOf(value), "'" + key + "' must be a mapping");
        }
        return Optional.empty();
    }

    /** Every key of this mapping, in file order: for mappings whose keys are data. */
    public Set<String> keys() {
        return entries.keySet();
    }

    /** Ends the reading of this mapping: a key nobody asked for is a fault, because it is most likely a typo. */
    public void nothingElse() {
        entries.forEach((key, value) -> {
            if (!asked.contains(key)) {
                fault(lineOf(value), "unknown key '" + key + "'");
            }
        });
    }

    private List<Node> items(String key) {
        asked.add(key);
        Node value = entries.get(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (value != null) {
            fault(lineOf(value), "'" + key + "' must be a list");
        }
        return List.of();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static <T> Optional<T> attempt(java.util.function.Supplier<T> parse) {
        try {
            return Optional.of(parse.get());
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
