package nl.wijkhub.lab.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL refuses to run as root. As root it therefore runs in a user namespace of its own or, where those are
 * switched off, as an unprivileged account of the machine.
 */
record DatabaseAccount(String kind, List<String> prefix, String owner) {

    static DatabaseAccount choose(Path folder) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new DatabaseAccount("own", List.of(), null);
        }
        if (succeeds(List.of("unshare", "-U", "true"))) {
            return new DatabaseAccount("user-namespace", List.of("unshare", "-U"), null);
        }
        for (String name : List.of("postgres", "nobody")) {
            if (succeeds(List.of("runuser", "-u", name, "--", "test", "-x", reachable(folder)))) {
                return new DatabaseAccount(name, List.of("runuser", "-u", name, "--"), name);
            }
        }
        throw new IllegalStateException("PostgreSQL does not run as root, user namespaces are switched off, and no"
                + " unprivileged account can reach the data folder: start the demo as an ordinary user, or give"
                + " --data a folder that everybody may enter");
    }

    private static String reachable(Path folder) {
        Path existing = folder;
        while (existing != null && !Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        return String.valueOf(existing);
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    ProcessBuilder process(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole);
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
        return builder;
    }

    /** Makes the path and gives it to the account, when that is another than ours. */
    void own(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path);
        }
        if (owner != null) {
            var lookup = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, lookup.lookupPrincipalByName(owner));
        }
    }
}
