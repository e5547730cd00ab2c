package nl.wijkhub;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonClientOptions;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonSender;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/** A partner's own AMQP 1.0 client, which shares nothing with the hub's: it sends, and waits for the broker's word. */
public final class ForeignAmqp implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ProtonConnection connection;
    private final Map<String, ProtonSender> senders = new HashMap<>();

    public ForeignAmqp(int port, String login, String password) {
        Promise<ProtonConnection> connected = Promise.promise();
        ProtonClient.create(vertx)
                .connect(
                        new ProtonClientOptions().addEnabledSaslMechanism("PLAIN"),
                        "127.0.0.1",
                        port,
                        login,
                        password,
                        connected);
        connection = wait(connected.future().map(ProtonConnection::open));
    }

    /** A message with bytes as its data. */
    public static Message message(String contentType, byte[] body) {
        Message message = Message.Factory.create();
        message.setContentType(contentType);
        message.setDurable(true);
        message.setBody(new Data(new Binary(body)));
        return message;
    }

    public static Message with(Message message, Map<String, Object> properties) {
        message.setApplicationProperties(new ApplicationProperties(new HashMap<>(properties)));
        return message;
    }

    /** What the broker says of a message; an exception when it lets the sender not even begin. */
    public DeliveryState send(String address, Message message) {
        CompletableFuture<DeliveryState> told = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(go -> {
            ProtonSender known = senders.get(address);
            if (known != null) {
                known.send(message, (ProtonDelivery delivery) -> told.complete(delivery.getRemoteState()));
                return;
            }
            ProtonSender sender = connection.createSender(address);
            sender.openHandler(opened -> {
                if (opened.failed()) {
                    told.completeExceptionally(opened.cause());
                    return;
                }
                senders.put(address, sender);
                sender.send(message, (ProtonDelivery delivery) -> told.complete(delivery.getRemoteState()));
            });
            sender.closeHandler(closed -> told.completeExceptionally(
                    new IllegalStateException("the broker closed the link", closed.cause())));
            sender.open();
        });
        return wait(told);
    }

    private static <T> T wait(Future<T> future) {
        return wait(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T wait(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not take it", e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
