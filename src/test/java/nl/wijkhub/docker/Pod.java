package nl.wijkhub.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The pod of docker/kubernetes as a cluster would make it: the files its container sees and the environment it gets, and
 * nothing else. What this does not know how to read it refuses, so that nothing is left out in silence.
 */
final class Pod {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** ConfigMaps and Secrets by name: key → content. */
    private final Map<String, Map<String, String>> maps = new HashMap<>();

    private final Path folder;
    private final JsonNode spec;
    private final JsonNode container;

    /**
     * @param folder of kustomization.yaml, with what belongs beside it
     */
    Pod(Path folder) throws IOException {
        this.folder = folder;
        JsonNode base = YAML.readTree(folder.resolve("kustomization.yaml").toFile());
        generate(base.path("configMapGenerator"));
        generate(base.path("secretGenerator"));
        if (StreamSupport.stream(base.get("resources").spliterator(), false)
                .noneMatch(resource -> resource.asText().equals("deployment.yaml"))) {
            throw new IllegalStateException("the base leaves the deployment out");
        }
        this.spec = YAML.readTree(folder.resolve("deployment.yaml").toFile()).at("/spec/template/spec");
        this.container = spec.at("/containers/0");
    }

    private void generate(JsonNode generators) throws IOException {
        for (JsonNode generator : generators) {
            only(generator, List.of("name", "files", "envs"));
            Map<String, String> content = new LinkedHashMap<>();
            for (JsonNode file : generator.path("files")) {
                String[] parts = file.asText().split("=", 2);
                Path path = folder.resolve(parts[parts.length - 1]);
                content.put(parts.length == 2 ? parts[0] : path.getFileName().toString(), Files.readString(path));
            }
            for (JsonNode file : generator.path("envs")) {
                content.putAll(Variables.of(folder.resolve(file.asText())));
            }
            maps.put(generator.get("name").asText(), content);
        }
    }

    JsonNode container() {
        return container;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode source : container.path("envFrom")) {
            only(source, List.of("configMapRef", "secretRef"));
            environment.putAll(content(source.elements().next().get("name")));
        }
        if (container.has("env")) {
            throw new IllegalStateException("variables of the container itself are not read here");
        }
        return environment;
    }

    /** Writes what the container sees at its mount paths below {@code root}, and nothing else. */
    void mount(Path root) throws IOException {
        for (JsonNode mount : container.get("volumeMounts")) {
            only(mount, List.of("name", "mountPath", "readOnly"));
            Path place = root.resolve(mount.get("mountPath").asText().substring(1));
            for (Map.Entry<String, String> file :
                    volume(mount.get("name").asText()).entrySet()) {
                Path path = place.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
    }

    /** Path in the volume → content. */
    private Map<String, String> volume(String name) {
        JsonNode volume = StreamSupport.stream(spec.get("volumes").spliterator(), false)
                .filter(one -> one.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such volume: " + name));
        only(volume, List.of("name", "projected"));
        Map<String, String> files = new LinkedHashMap<>();
        for (JsonNode source : volume.at("/projected/sources")) {
            only(source, List.of("configMap", "secret"));
            JsonNode map = source.elements().next();
            only(map, List.of("name", "items"));
            Map<String, String> content = content(map.get("name"));
            if (!map.has("items")) {
                files.putAll(content);
            }
            for (JsonNode item : map.path("items")) {
                String text = content.get(item.get("key").asText());
                if (text == null) {
                    throw new IllegalStateException("no such key in " + map.get("name") + ": " + item.get("key"));
                }
                files.put(item.get("path").asText(), text);
            }
        }
        return files;
    }

    private Map<String, String> content(JsonNode name) {
        Map<String, String> content = maps.get(name.asText());
        if (content == null) {
            throw new IllegalStateException("nothing makes " + name);
        }
        return content;
    }

    private static void only(JsonNode node, List<String> known) {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw new IllegalStateException("'" + field + "' is not read here");
            }
        });
    }
}
