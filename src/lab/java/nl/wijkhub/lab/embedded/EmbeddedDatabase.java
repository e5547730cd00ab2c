package nl.wijkhub.lab.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server below the data folder, for the demo and the tests. It syncs at commit like a production one.
 * A server that a killed hub left running on this folder is stopped first. See docs/adr/002.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    public static final String USER = "wijkhub";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Path home;
    private final Path data;
    private final DatabaseAccount account;
    private final String password;
    private int port;
    private volatile boolean closing;
    private Process server;

    /**
     * @param folder everything of the server goes below it: {@code bin/} and {@code cluster/}
     * @param password of the one database user; the server listens on 127.0.0.1 alone
     */
    public EmbeddedDatabase(Path folder, String password) {
        Path absolute = folder.toAbsolutePath();
        this.home = absolute.resolve("bin");
        this.data = absolute.resolve("cluster");
        this.password = password;
        this.account = DatabaseAccount.choose(absolute);
    }

    /** Starts the server and waits until it answers. */
    public void start() {
        try {
            if (stopLeftover()) {
                LOG.info("event=database.leftover-stopped");
            }
            DatabaseBinaries.unpack(home);
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                createCluster();
            }
            port = FreePort.next();
            run();
        } catch (IOException e) {
            throw new IllegalStateException("the embedded PostgreSQL cannot start: " + e.getMessage(), e);
        }
    }

    /** Runs the server on its port; one that dies without being asked to is started again on the same port. */
    private void run() throws IOException {
        server = account.process(List.of(
                        home.resolve("bin/postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=60",
                        "-c",
                        "shared_buffers=256MB",
                        "-c",
                        "max_wal_size=2GB",
                        // log files of earlier are written over: a new one is filled with zeros while everybody waits
                        "-c",
                        "min_wal_size=1GB",
                        "-c",
                        "wal_compression=pglz",
                        // a demo fills empty tables within minutes: statements are planned for the few rows
                        // that stood there until they are counted anew
                        "-c",
                        "autovacuum_naptime=5s",
                        "-c",
                        "log_min_messages=warning",
                        // a failing statement may carry data: the server log holds its error code, never its text
                        "-c",
                        "log_min_error_statement=panic",
                        "-c",
                        "log_error_verbosity=terse",
                        "-c",
                        "log_parameter_max_length_on_error=0"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("server.log").toFile()))
                .start();
        server.onExit().thenRunAsync(this::revive);
        awaitAnswer();
    }

    private void revive() {
        if (closing || server.isAlive()) {
            return;
        }
        LOG.warn("event=database.died");
        try {
            // sessions of the dead server may hold its memory a moment longer
            pause(300);
            if (!closing) {
                run();
            }
        } catch (IOException e) {
            LOG.error("event=database.not-restarted");
        }
    }

    public DataSource dataSource() {
        var source = new org.postgresql.ds.PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(USER);
        source.setPassword(password);
        return source;
    }

    /** Process id of the server, for tests that kill it. */
    public long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
    }

    public boolean isStarted() {
        return server != null;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private void awaitAnswer() throws IOException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (true) {
            try (Connection connection = DriverManager.getConnection(jdbcUrl(), USER, password)) {
                LOG.info("event=database.started port={} account={}", port, account.kind());
                return;
            } catch (SQLException notYet) {
                if (!server.isAlive() || Instant.now().isAfter(limit)) {
                    throw new IOException("it does not answer; see server.log in its folder", notYet);
                }
                pause(50);
            }
        }
    }

    private void createCluster() throws IOException {
        account.own(data);
        Path passwordFile = data.resolveSibling("initial-password");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password);
        account.own(passwordFile);
        try {
            execute(List.of(
                    home.resolve("bin/initdb").toString(),
                    "-D",
                    data.toString(),
                    "-U",
                    USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C"));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** Stops a server that still runs below this folder; true when there was one. */
    public boolean stopLeftover() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        var leftover = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).get(0).trim()))
                .filter(this::runsOnThisCluster);
        leftover.ifPresent(EmbeddedDatabase::stop);
        Files.deleteIfExists(pidFile);
        return leftover.isPresent();
    }

    private boolean runsOnThisCluster(ProcessHandle process) {
        try {
            String[] arguments = Files.readString(
                            Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0");
            return arguments.length > 2
                    && arguments[0].endsWith("postgres")
                    && List.of(arguments).contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown: sessions end, everything is written, the server goes. */
    private static void stop(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            // it recovers from its log at the next start, exactly as after a power cut
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        closing = true;
        if (server == null) {
            return;
        }
        try {
            stopLeftover();
        } catch (IOException e) {
            server.destroyForcibly();
        }
    }

    private void execute(List<String> command) throws IOException {
        Process process = account.process(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(Path.of(command.get(0)).getFileName() + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
