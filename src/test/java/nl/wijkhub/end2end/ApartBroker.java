package nl.wijkhub.end2end;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * An Artemis in a process of its own, by the shipped {@code docker/artemis/broker.xml}: what a production hub talks to, to be
 * killed, stopped and started again apart from the hub.
 */
final class ApartBroker implements AutoCloseable {
    private static final Path SHIPPED = Path.of("docker/artemis/broker.xml");

    private final Path folder;
    private final Path secrets;
    private final int port;
    private final int amqpPort;
    private Process process;

    /**
     * @param secrets the hub's own keys, which its logins follow from
     */
    ApartBroker(Path folder, Path secrets, int port, int amqpPort) {
        this.folder = folder;
        this.secrets = secrets;
        this.port = port;
        this.amqpPort = amqpPort;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void start() throws IOException {
        Files.createDirectories(folder);
        String shipped = Files.readString(SHIPPED);
        String own = shipped.replace("tcp://0.0.0.0:61616", "tcp://127.0.0.1:" + port)
                .replace("tcp://0.0.0.0:5672", "tcp://127.0.0.1:" + amqpPort)
                .replace("./data/", folder.toAbsolutePath() + "/")
                .replace("<max-disk-usage>90<", "<max-disk-usage>99<");
        Files.writeString(folder.resolve("broker.xml"), own);
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApartBroker.class.getName(),
                        folder.resolve("broker.xml").toUri().toString(),
                        secrets.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling("broker.log").toFile()))
                .start();
    }

    /** Whether somebody takes connections at its port. */
    boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it keeps its connections and says nothing more. */
    void silence() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder(List.of("kill", "-" + name, String.valueOf(process.pid())))
                .start()
                .waitFor(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Vault vault = Vault.open(Path.of(arguments[1]));
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfigResourcePath(arguments[0]);
        server.setSecurityManager(new BrokerLogins(
                vault, login -> true, login -> Optional.of("team." + login).filter(address -> login.contains("."))));
        server.start();
    }
}
