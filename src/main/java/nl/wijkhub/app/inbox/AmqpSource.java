package nl.wijkhub.app.inbox;

import java.net.URI;
import java.util.concurrent.ExecutionException;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.StreamReceiver;
import org.apache.qpid.protonj2.client.StreamReceiverOptions;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.client.exceptions.ClientIOException;

/**
 * The hub's own AMQP 1.0 connection to the broker, to read what partners sent exactly as they sent it. One connection for
 * all addresses; one that broke is made anew when somebody asks for a receiver.
 */
public final class AmqpSource implements AutoCloseable {
    private static final int DEFAULT_PORT = 5672;
    private static final int DEFAULT_TLS_PORT = 5671;
    private static final long CALL_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 2_000;

    /** Without a word from the broker for so long it is away. */
    private static final long SILENCE_MILLIS = 7_000;

    private final URI url;
    private final String user;
    private final String password;
    private final Client client = Client.create();
    private Connection connection;

    /**
     * @param url {@code amqp://broker:5672}, or {@code amqps://} for TLS with what this Java trusts
     */
    public AmqpSource(URI url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** A receiver of one address that takes one message at a time, each to be accepted by hand. */
    StreamReceiver open(String address) throws ClientException {
        Connection current = connection();
        try {
            StreamReceiver receiver = current.openStreamReceiver(
                    address,
                    new StreamReceiverOptions()
                            .autoAccept(false)
                            .creditWindow(1)
                            .openTimeout(CALL_MILLIS));
            receiver.openFuture().get();
            return receiver;
        } catch (ClientIOException broken) {
            giveUp(current);
            throw broken;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientIOException) {
                giveUp(current);
            }
            throw new ClientException("no receiver", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }

    /** Whoever asks next gets another connection. */
    private synchronized void giveUp(Connection broken) {
        if (connection == broken) {
            connection = null;
        }
        broken.closeAsync();
    }

    private synchronized Connection connection() throws ClientException {
        if (connection == null) {
            boolean isTls = url.getScheme().equals("amqps");
            ConnectionOptions options = new ConnectionOptions().user(user).password(password);
            options.openTimeout(CALL_MILLIS).requestTimeout(CALL_MILLIS).closeTimeout(CALL_MILLIS);
            options.idleTimeout(SILENCE_MILLIS);
            options.transportOptions().connectTimeout(CONNECT_MILLIS);
            options.sslOptions().sslEnabled(isTls);
            int port = url.getPort() > 0 ? url.getPort() : isTls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
            connection = client.connect(url.getHost(), port, options);
        }
        return connection;
    }

    @Override
    public void close() {
        client.close();
    }
}
