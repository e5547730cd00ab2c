package nl.wijkhub.lab.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A real Artemis in this process, for the demo and the tests: journal on disk, AMQP 1.0 on a loopback port, the hub
 * itself in-VM. Production runs its own broker with the same settings (docker/artemis/broker.xml).
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Repeats that the broker can recognise per address: a delivery queue sees few, the accepted queue sees many. */
    private static final int DELIVERY_ID_CACHE = 2_000;

    private static final int ACCEPTED_ID_CACHE = 50_000;

    /**
     * Places each team queue has ready for what is on its way in; it grows by itself. The default of 8,192 is 33 KB of
     * heap for every queue: with 14,500 of them more than the hub has.
     */
    private static final int TEAM_QUEUE_BUFFER = 64;

    /**
     * The bytes of unread messages that each team's queue keeps in memory; the rest waits on disk. The heap is the hub's as
     * well: with 64 MB for each queue six of them fill it.
     */
    private static final long TEAM_QUEUE_BYTES = 8L * 1024 * 1024;

    /**
     * Unread messages of all queues take no more than the heap divided by this; by default it is half of the heap,
     * which leaves the hub too little.
     */
    private static final int HEAP_DIVISOR = 4;

    private static final int PAGE_BYTES = 1024 * 1024;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final int serverId;

    /**
     * @param serverId the in-VM id, {@code vm://<serverId>}; distinct per broker in one process
     * @param amqpPort port on 127.0.0.1
     * @param unreadExpiry after which an unread team message leaves its queue (the queue item stays)
     */
    public EmbeddedBroker(int serverId, Path folder, int amqpPort, BrokerLogins logins, Duration unreadExpiry) {
        this.serverId = serverId;
        Configuration configuration = new ConfigurationImpl()
                .setName("wijkhub")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                // 100 microseconds: 3 to 12 times the throughput of the default on one disk
                .setJournalBufferTimeout_NIO(100_000)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setJournalFileSize(10 * 1024 * 1024)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(10)
                .setSecurityEnabled(true)
                .setPersistIDCache(true)
                .setIDCacheSize(DELIVERY_ID_CACHE)
                .setMessageExpiryScanPeriod(60_000)
                .setGracefulShutdownEnabled(true)
                .setGracefulShutdownTimeout(5_000)
                .setManagementNotificationAddress(SimpleString.of("activemq.notifications"))
                .setJMXManagementEnabled(false)
                .setGlobalMaxSize(Runtime.getRuntime().maxMemory() / HEAP_DIVISOR)
                .setMaxDiskUsage(98)
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(), Map.of("serverId", serverId), "in-vm"))
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(),
                        Map.of("host", "127.0.0.1", "port", amqpPort, "protocols", "AMQP"),
                        "amqp"));
        AddressSettings settings = new AddressSettings()
                .setAutoCreateAddresses(false)
                .setAutoCreateQueues(false)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                // attempts are counted in PostgreSQL, where a kill does not look like a failure
                .setMaxDeliveryAttempts(-1)
                .setMaxSizeBytes(64L * 1024 * 1024)
                .setPageSizeBytes(PAGE_BYTES)
                .setIDCacheSize(DELIVERY_ID_CACHE)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
        configuration.addAddressSetting("#", settings);
        configuration.addAddressSetting(
                "signal.accepted", new AddressSettings(settings).setIDCacheSize(ACCEPTED_ID_CACHE));
        configuration.addAddressSetting(
                "team.#",
                new AddressSettings(settings)
                        .setExpiryDelay(unreadExpiry.toMillis())
                        .setMaxSizeBytes(TEAM_QUEUE_BYTES)
                        .setMaxReadPageBytes(2 * PAGE_BYTES)
                        .setInitialQueueBufferSize(TEAM_QUEUE_BUFFER));
        server.setConfiguration(configuration);
        server.setSecurityManager(logins);
    }

    public void start() {
        try {
            server.start();
            if (!server.getActiveMQServer().waitForActivation(30, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker did not become active");
            }
        } catch (Exception e) {
            throw new IllegalStateException("the broker cannot start: " + e.getMessage(), e);
        }
    }

    public String url() {
        return "vm://" + serverId;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop cleanly", e);
        }
    }
}
