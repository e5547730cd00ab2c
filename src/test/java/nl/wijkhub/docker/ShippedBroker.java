package nl.wijkhub.docker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** The broker of docker/artemis/broker.xml in this process: its rights and its addresses, on ports and a folder of a test. */
final class ShippedBroker implements AutoCloseable {
    private static final Path FILE = Path.of("docker/artemis/broker.xml");
    private static final String HUB = "hub";

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    /**
     * @param ports name of an acceptor → where it listens, on loopback
     * @param password of the hub's login
     */
    ShippedBroker(Path folder, Map<String, Integer> ports, String password) throws Exception {
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager file =
                new FileDeploymentManager(FILE.toAbsolutePath().toUri().toString());
        file.addDeployable(configuration);
        file.readConfiguration();
        configuration
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setJMXManagementEnabled(false)
                // the disk of whoever runs the tests may be full
                .setMaxDiskUsage(-1);
        List<TransportConfiguration> acceptors = List.copyOf(configuration.getAcceptorConfigurations());
        configuration.clearAcceptorConfigurations();
        for (TransportConfiguration acceptor : acceptors) {
            Map<String, Object> place = new HashMap<>(acceptor.getParams());
            place.put("host", "127.0.0.1");
            place.put("port", ports.get(acceptor.getName()));
            configuration.addAcceptorConfiguration(new TransportConfiguration(
                    acceptor.getFactoryClassName(), place, acceptor.getName(), acceptor.getExtraParams()));
        }
        SecurityConfiguration logins = new SecurityConfiguration();
        logins.addUser(HUB, password);
        logins.addRole(HUB, HUB);
        server.setConfiguration(configuration);
        server.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), logins));
        server.start();
        if (!server.getActiveMQServer().waitForActivation(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the broker did not become active");
        }
    }

    /** How many read from a queue; 0 when there is no such queue. */
    int readers(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getConsumerCount();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
