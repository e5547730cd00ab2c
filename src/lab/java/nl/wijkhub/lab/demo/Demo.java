package nl.wijkhub.lab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nl.wijkhub.app.command.Stop;
import nl.wijkhub.lab.embedded.DemoTown;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything embedded on loopback, in one invented municipality, with a sample day through the real doors. */
@Command(name = "demo", description = "Runs everything embedded on loopback, with a sample day.")
public final class Demo implements Callable<Integer> {
    static final int IDENTITY_PORT = 8090;
    static final String ISSUER = "http://localhost:" + IDENTITY_PORT + "/wijkhub";

    @Option(names = "--port", description = "Port of the API and the board.", defaultValue = "8080")
    private int port;

    @Option(names = "--data", description = "Where database and journal are kept.", defaultValue = "data")
    private Path data;

    @Option(names = "--fresh", description = "Empties the data folder first.")
    private boolean fresh;

    @Option(names = "--no-sample", description = "Plays no sample day.")
    private boolean noSample;

    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    // for the fault harness and the tests, which run beside a demo
    @Option(names = "--routes", hidden = true)
    private Path routes;

    @Option(names = "--management-port", hidden = true, defaultValue = "9090")
    private int managementPort;

    @Option(names = "--amqp-port", hidden = true, defaultValue = "5672")
    private int amqpPort;

    @Option(names = "--identity-port", hidden = true, defaultValue = "" + IDENTITY_PORT)
    private int identityPort;

    @Option(names = "--issuer", hidden = true, defaultValue = "${sys:wijkhub.issuer:-}")
    private String issuer;

    @Option(names = "--broker", hidden = true, defaultValue = "${sys:wijkhub.broker:-}")
    private String broker;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoFolder folder = new DemoFolder(data);
        if (fresh) {
            folder.empty();
        }
        folder.lock();
        Stop stop = new Stop();
        try (DemoTown town = new DemoTown(new DemoTown.Place(
                config, data, routes, port, managementPort, amqpPort, identityPort, issuer, broker))) {
            town.start();
            String url = "http://localhost:" + port;
            if (!noSample) {
                new DemoDay(url, "http://localhost:" + managementPort).play(System.out);
            }
            System.out.println(new DemoGuide(url));
            System.out.flush();
            stop.await();
            System.out.println("stopping: work in hand is finished first");
        }
        return 0;
    }

    /** The data folder of a demo: one hub at a time, and emptied only when it is one. */
    private static final class DemoFolder {
        private static final String MARK = ".wijkhub-demo";
        private final Path folder;

        DemoFolder(Path folder) {
            this.folder = folder;
        }

        void empty() throws IOException {
            if (!Files.exists(folder)) {
                return;
            }
            boolean ours = Files.exists(folder.resolve(MARK));
            try (Stream<Path> content = Files.list(folder)) {
                if (!ours && content.findAny().isPresent()) {
                    throw new IOException("--fresh empties only a folder that a demo made: " + folder.getFileName());
                }
            }
            lock();
            new EmbeddedDatabase(folder.resolve("database"), "").stopLeftover();
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .filter(path -> !path.equals(folder) && !path.equals(folder.resolve(MARK)))
                        // the unpacked programs are the same every time
                        .filter(path -> !path.startsWith(folder.resolve("database/bin")))
                        .forEach(DemoFolder::delete);
            }
        }

        void lock() throws IOException {
            Files.createDirectories(folder);
            Path mark = folder.resolve(MARK);
            long own = ProcessHandle.current().pid();
            if (Files.exists(mark)) {
                String other = Files.readString(mark).strip();
                boolean alive = other.matches("[0-9]+")
                        && Long.parseLong(other) != own
                        && ProcessHandle.of(Long.parseLong(other))
                                .flatMap(p -> p.info().command())
                                .filter(c -> c.endsWith("java"))
                                .isPresent();
                if (alive) {
                    throw new IOException("another demo runs on this data folder (process " + other + ")");
                }
            }
            Files.writeString(mark, String.valueOf(own));
        }

        private static void delete(Path path) {
            try {
                if (Files.isDirectory(path)) {
                    try (Stream<Path> content = Files.list(path)) {
                        if (content.findAny().isPresent()) {
                            return;
                        }
                    }
                }
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
