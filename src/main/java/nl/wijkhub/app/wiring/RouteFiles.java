package nl.wijkhub.app.wiring;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.PartnerDoor;
import nl.wijkhub.signal.PartnerDoors;

/**
 * What the route files say of partners: which doors they open, and which tables of codes their beans read. Both have to be
 * known, and their faults told, before a route runs; Camel reads the same files when the hub starts.
 */
public final class RouteFiles {
    /** The bean that reads tables of codes with: whatever is made with it is read when the config is. */
    static final String CODE_FILES = "codeFiles";

    private static final String DOOR = "partner-door";

    /** A bean of a route file that reads a table of codes. */
    private record CodeBean(ConfigNode node, String type, String method, Optional<String> file) {}

    private final List<PartnerDoor> doors = new ArrayList<>();
    private final List<CodeBean> codes = new ArrayList<>();

    private RouteFiles() {}

    /** Rejects: a folder that cannot be read, a file that is no YAML, a door without path, right, media type or route. */
    public static RouteFiles read(Path folder, List<ConfigFault> faults) {
        RouteFiles read = new RouteFiles();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                String name = "routes/" + file.getFileName();
                ConfigNode.listOf(name, Files.readString(file), faults).forEach(read::add);
            }
        } catch (IOException e) {
            faults.add(new ConfigFault(HubSettings.FILE, 0, "'hub.routes' is a folder that cannot be read: " + folder));
        }
        return read;
    }

    private void add(ConfigNode node) {
        node.node("templatedRoute")
                .filter(route -> route.text("routeTemplateRef").equals(DOOR))
                .ifPresent(route -> doors.add(door(route)));
        node.nodes("beans").forEach(bean -> bean.node("constructors")
                .filter(with -> with.optionalText("0").orElse("").equals("#bean:" + CODE_FILES))
                .ifPresent(with -> codes.add(new CodeBean(
                        bean,
                        bean.text("type"),
                        bean.optionalText("factoryMethod").orElse("read"),
                        with.optionalText("1")))));
    }

    private static PartnerDoor door(ConfigNode route) {
        List<ConfigNode> parameters = route.nodes("parameters");
        return new PartnerDoor(
                needed(route, parameters, "format"),
                needed(route, parameters, "path"),
                needed(route, parameters, "door"),
                value(parameters, "discipline")
                        .flatMap(node -> node.value("value", "one of " + List.of(Discipline.values()), Discipline::of))
                        .orElse(null),
                Set.of(needed(route, parameters, "mediaTypes").split(" +")),
                Set.of(value(parameters, "methods")
                        .map(node -> node.text("value"))
                        .orElse("POST")
                        .split(",")));
    }

    private static String needed(ConfigNode route, List<ConfigNode> parameters, String name) {
        Optional<String> value = value(parameters, name).map(node -> node.text("value"));
        if (value.isEmpty()) {
            route.fault("a " + DOOR + " needs the parameter '" + name + "'");
        }
        return value.orElse("");
    }

    private static Optional<ConfigNode> value(List<ConfigNode> parameters, String name) {
        return parameters.stream()
                .filter(node -> node.optionalText("name").orElse("").equals(name))
                .findFirst();
    }

    public PartnerDoors doors() {
        return new PartnerDoors(doors);
    }

    /** Reads every table once, for its faults. */
    void checkCodes(CodeFiles files) {
        Set<String> read = new HashSet<>();
        for (CodeBean bean : codes) {
            if (!read.add(bean.type() + bean.method() + bean.file())) {
                continue;
            }
            try {
                Class<?> type = Class.forName(bean.type());
                if (bean.file().isPresent()) {
                    type.getMethod(bean.method(), CodeFiles.class, String.class)
                            .invoke(null, files, bean.file().get());
                } else {
                    type.getMethod(bean.method(), CodeFiles.class).invoke(null, files);
                }
            } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
                bean.node().fault("there is no class " + bean.type() + " that reads codes by " + bean.method());
            } catch (InvocationTargetException e) {
                bean.node()
                        .fault(bean.type() + " cannot read its codes: "
                                + e.getCause().getClass().getSimpleName());
            }
        }
    }
}
