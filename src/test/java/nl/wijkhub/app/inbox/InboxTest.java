package nl.wijkhub.app.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.TestVault;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.EmbeddedBroker;
import nl.wijkhub.lab.embedded.FreePort;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component against a broker of its own: what becomes of a message when work goes right and wrong. */
class InboxTest {
    private static final int MOST = 3 * 1024 * 1024;
    private static int servers = 80;

    @TempDir
    Path folder;

    private final Vault vault = TestVault.vault();
    private final int server = servers++;
    private final int port = FreePort.next();
    private final FakeInbox inbox = new FakeInbox();
    private final ConcurrentLinkedQueue<String> worked = new ConcurrentLinkedQueue<>();
    private volatile Work work = (sender, body) -> {};
    private EmbeddedBroker broker;
    private DefaultCamelContext camel;
    private AmqpSource source;

    interface Work {
        void on(String sender, String body);
    }

    private static final class FakeInbox implements Inbox {
        private final ConcurrentLinkedQueue<String> parked = new ConcurrentLinkedQueue<>();
        private final Set<String> diedWith = ConcurrentHashMap.newKeySet();
        private final ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> letGo = new ConcurrentLinkedQueue<>();
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicLong tooLarge = new AtomicLong();
        private volatile boolean away;

        @Override
        public Collection<String> partners() {
            return List.of("fake-one", "fake-two");
        }

        @Override
        public int mostBytes() {
            return MOST;
        }

        @Override
        public void tooLarge(String partner, InputStream message) {
            try {
                tooLarge.addAndGet(message.readAllBytes().length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<Duration> failed(String partner, byte[] message, int attempt, Throwable cause) {
            attempts.incrementAndGet();
            if (attempt < 3) {
                return Optional.of(Duration.ofMillis(20));
            }
            parked.add(partner);
            return Optional.empty();
        }

        @Override
        public boolean take(String partner, byte[] message) {
            String body = bodyOf(message);
            taken.add(body);
            return !diedWith.contains(body);
        }

        @Override
        public void release(String partner, byte[] message) {
            letGo.add(bodyOf(message));
        }

        private static String bodyOf(byte[] message) {
            return new String(AmqpReading.read(message).body(), StandardCharsets.UTF_8);
        }

        @Override
        public void probe() {
            if (away) {
                throw new Unavailable("database", null);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        startBroker();
        try (BrokerConnection connection =
                new BrokerConnection(broker.url(), BrokerLogins.HUB, password(BrokerLogins.HUB))) {
            connection.ensureQueues(List.of("signal.in.fake-one", "signal.in.fake-two"), -1);
        }
        source = new AmqpSource(URI.create("amqp://127.0.0.1:" + port), BrokerLogins.HUB, password(BrokerLogins.HUB));
        camel = new DefaultCamelContext();
        camel.addComponent("wijkhub-inbox", new InboxComponent(source, inbox));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("wijkhub-inbox:signal.in").routeId("inbox").process(exchange -> {
                    String body = new String(
                            AmqpReading.read(exchange.getMessage().getBody(byte[].class))
                                    .body(),
                            StandardCharsets.UTF_8);
                    String sender = exchange.getVariable(InboxComponent.SENDER, String.class);
                    work.on(sender, body);
                    worked.add(sender + ' ' + (body.length() > 100 ? body.length() : body));
                });
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        source.close();
        broker.close();
    }

    @Test
    void messages_come_in_their_order_with_their_sender() {
        send("fake-one", "1", "2", "3");
        send("fake-two", "1");

        await().untilAsserted(() -> assertThat(worked).hasSize(4));
        assertThat(worked)
                .containsSubsequence("fake-one 1", "fake-one 2", "fake-one 3")
                .contains("fake-two 1");
    }

    @Test
    void while_somebody_is_away_nothing_is_counted_and_the_order_stays() {
        inbox.away = true;
        work = (sender, body) -> {
            if (inbox.away && sender.equals("fake-one")) {
                throw new Unavailable("database", null);
            }
        };
        send("fake-one", "1", "2");
        send("fake-two", "1");
        await().untilAsserted(() -> assertThat(worked).containsExactly("fake-two 1"));
        inbox.away = false;

        await().untilAsserted(() -> assertThat(worked).containsExactly("fake-two 1", "fake-one 1", "fake-one 2"));
        assertThat(inbox.attempts).hasValue(0);
    }

    @Test
    void a_fault_of_our_own_is_tried_again_and_then_put_aside_and_the_next_goes_on() {
        work = (sender, body) -> {
            if (body.equals("poison")) {
                throw new IllegalStateException("fake");
            }
            if (body.equals("deep")) {
                throw new StackOverflowError("fake");
            }
        };
        send("fake-one", "poison", "deep", "2");

        await().untilAsserted(() -> assertThat(worked).containsExactly("fake-one 2"));
        assertThat(inbox.parked).containsExactly("fake-one", "fake-one");
        assertThat(inbox.attempts).hasValue(6);
    }

    @Test
    void what_no_hub_outlived_is_put_aside_unread_and_whatever_is_worked_is_let_go_again() {
        inbox.diedWith.add("killer");
        work = (sender, body) -> {
            if (body.equals("poison")) {
                throw new IllegalStateException("fake");
            }
        };
        send("fake-one", "1", "killer", "poison", "2");

        await().untilAsserted(() -> assertThat(worked).containsExactly("fake-one 1", "fake-one 2"));
        assertThat(inbox.taken).containsExactly("1", "killer", "poison", "2");
        await().untilAsserted(() -> assertThat(inbox.letGo).containsExactly("1", "poison", "2"));
    }

    @Test
    void a_large_message_is_worked_and_one_beyond_the_limit_is_put_aside_whole() {
        send("fake-one", "x".repeat(2_500_000), "y".repeat(5_000_000), "2");

        await().untilAsserted(() -> assertThat(worked).containsExactly("fake-one 2500000", "fake-one 2"));
        assertThat(inbox.tooLarge.get()).isGreaterThan(5_000_000).isLessThan(5_001_000);
    }

    @Test
    void after_the_broker_was_away_messages_come_again() {
        send("fake-one", "1");
        await().untilAsserted(() -> assertThat(worked).hasSize(1));
        broker.close();
        startBroker();
        send("fake-one", "2");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(worked).containsExactly("fake-one 1", "fake-one 2"));
    }

    @Test
    void what_was_not_finished_at_the_stop_comes_again() throws Exception {
        inbox.away = true;
        AtomicInteger tried = new AtomicInteger();
        work = (sender, body) -> {
            if (inbox.away) {
                tried.incrementAndGet();
                throw new Unavailable("database", null);
            }
        };
        send("fake-one", "1");
        await().untilAsserted(() -> assertThat(tried).hasPositiveValue());
        camel.getRouteController().stopRoute("inbox");
        assertThat(worked).isEmpty();
        inbox.away = false;
        camel.getRouteController().startRoute("inbox");

        await().untilAsserted(() -> assertThat(worked).containsExactly("fake-one 1"));
    }

    private void startBroker() {
        BrokerLogins logins = new BrokerLogins(vault, inbox.partners()::contains, login -> Optional.empty());
        broker = new EmbeddedBroker(server, folder.resolve("broker"), port, logins, Duration.ofDays(1));
        broker.start();
    }

    private void send(String partner, String... bodies) {
        try (ForeignAmqp amqp = new ForeignAmqp(port, partner, password(partner))) {
            for (String body : bodies) {
                amqp.send(
                        "signal.in." + partner,
                        ForeignAmqp.message("text/plain", body.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private String password(String login) {
        return BrokerLogins.passwordOf(vault, login);
    }
}
