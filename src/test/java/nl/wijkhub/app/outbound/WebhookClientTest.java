package nl.wijkhub.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import nl.wijkhub.subscription.SinkPolicy;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.SubscriberSender.Request;
import nl.wijkhub.subscription.Subscription.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way out, against real sockets: where it goes, whom it believes, how it shows itself, when it gives up. */
class WebhookClientTest {
    private static final String NAME = "ontvanger.example.nl";
    private static final List<InetAddress> LOOPBACK = List.of(InetAddress.getLoopbackAddress());
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeAll
    static void certificates() throws Exception {
        vertx = Vertx.vertx();
        for (String name : List.of(NAME, "anders.example.nl", "hub.example.nl")) {
            certificate(name);
        }
        Files.writeString(
                folder.resolve("trust.pem"),
                Files.readString(folder.resolve(NAME + ".crt"))
                        + Files.readString(folder.resolve("anders.example.nl.crt")));
    }

    @AfterAll
    static void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void a_name_that_answers_otherwise_at_the_second_look_leads_nowhere() throws Exception {
        int port = serve(tls(NAME), request -> request.response().end());
        Deque<List<InetAddress>> answers = new ArrayDeque<>(List.of(LOOPBACK, List.of(address("10.0.0.1"))));
        WebhookClient client = client(List.of("127.0.0.0/8"), host -> answers.pop(), null);

        assertThat(get(client, port).status()).isEqualTo(200);
        assertThat(get(client, port).failure()).isEqualTo("address-refused");
        assertThat(requests).hasSize(1);
    }

    @Test
    void one_private_address_among_public_ones_is_enough_to_stay_at_home() throws Exception {
        int port = serve(tls(NAME), request -> request.response().end());
        WebhookClient client = client(List.of(), host -> List.of(address("93.184.215.14"), address("127.0.0.1")), null);

        Answer answer = get(client, port);

        assertThat(answer.failure()).isEqualTo("address-refused");
        assertThat(answer.reached()).isFalse();
        assertThat(requests).isEmpty();
    }

    @Test
    void it_goes_to_the_address_it_looked_at_and_asks_for_the_name() throws Exception {
        int port = serve(tls(NAME), request -> request.response().end());
        // no such name anywhere: whoever looks again finds nothing
        WebhookClient client = client(List.of("127.0.0.0/8"), host -> LOOPBACK, null);

        assertThat(get(client, port).status()).isEqualTo(200);
        assertThat(requests.get(0).authority().host()).isEqualTo(NAME);
        assertThat(requests.get(0).uri()).isEqualTo("/hook?a=1");
    }

    @Test
    void a_certificate_of_another_name_is_not_believed() throws Exception {
        int port = serve(tls("anders.example.nl"), request -> request.response().end());

        Answer answer = get(client(List.of("127.0.0.0/8"), host -> LOOPBACK, null), port);

        assertThat(answer.status()).isZero();
        assertThat(answer.failure()).isEqualTo("not-reached");
        assertThat(requests).isEmpty();
    }

    @Test
    void it_shows_its_own_certificate_to_whom_it_is_to_be_shown_alone() throws Exception {
        HttpServerOptions strict = tls(NAME)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(folder.resolve("hub.example.nl.crt").toString()));
        int port = serve(strict, request -> request.response().end());
        WebhookClient client = client(List.of("127.0.0.0/8"), host -> LOOPBACK, key("hub.example.nl"));

        assertThat(done(client, request("GET", port, null), true).status()).isEqualTo(200);
        assertThat(done(client, request("GET", port, null), false).status()).isZero();
    }

    @Test
    void no_redirect_is_followed() throws Exception {
        int port = serve(tls(NAME), request -> request.response()
                .setStatusCode(301)
                .putHeader("Location", "/elsewhere")
                .end());

        assertThat(get(client(List.of("127.0.0.0/8"), host -> LOOPBACK, null), port)
                        .status())
                .isEqualTo(301);
        assertThat(requests).hasSize(1);
    }

    @Test
    void whoever_never_answers_is_left_after_the_time_it_gets_and_may_have_seen_it() throws Exception {
        int port = serve(tls(NAME), request -> {});

        Answer answer = get(client(List.of("127.0.0.0/8"), host -> LOOPBACK, null), port);

        assertThat(answer.failure()).isEqualTo("no-answer-in-time");
        assertThat(answer.reached()).isTrue();
    }

    @Test
    void a_token_is_fetched_once_and_fetched_anew_when_the_receiver_does_not_take_it() throws Exception {
        int[] given = {0};
        int port = serve(tls(NAME), request -> {
            if (request.path().equals("/token")) {
                given[0]++;
                request.response().end("{\"access_token\":\"fake-" + given[0] + "\",\"expires_in\":600}");
            } else {
                boolean isOld = "Bearer fake-1".equals(request.getHeader("Authorization")) && requests.size() > 3;
                request.response().setStatusCode(isOld ? 401 : 204).end();
            }
        });
        SubscriberLine line = line(client(List.of("127.0.0.0/8"), host -> LOOPBACK, null));
        Request told = request("POST", port, oauth(port));

        assertThat(sent(line, told).status()).isEqualTo(204);
        assertThat(sent(line, told).status()).isEqualTo(204);
        assertThat(given[0]).isEqualTo(1);
        assertThat(sent(line, told).status()).isEqualTo(401);
        assertThat(sent(line, told).status()).isEqualTo(204);
        assertThat(given[0]).isEqualTo(2);
        assertThat(requests.get(0).getHeader("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString("fake-client:fake%2Bsecret".getBytes(StandardCharsets.UTF_8)));
        assertThat(bodies.get(0)).isEqualTo("grant_type=client_credentials&scope=fake+scope");
        assertThat(bodies.get(1)).isEqualTo("fake event");
    }

    @Test
    void without_a_token_nothing_goes_to_the_receiver() throws Exception {
        for (String answer : List.of("", "fake", "{}", "{\"access_token\":\"a\\nX: b\"}", "[1]")) {
            requests.clear();
            int port = serve(tls(NAME), request -> request.response().end(answer));
            SubscriberLine line = line(client(List.of("127.0.0.0/8"), host -> LOOPBACK, null));

            Answer sent = sent(line, request("POST", port, oauth(port)));

            assertThat(sent.failure()).as(answer).isEqualTo("no-token");
            assertThat(sent.reached()).isFalse();
            assertThat(requests).extracting(HttpServerRequest::path).containsExactly("/token");
        }
    }

    private static Credential oauth(int port) {
        return new Credential(
                Credential.CredentialKind.OAUTH,
                URI.create("https://" + NAME + ":" + port + "/token"),
                "fake-client",
                "fake+secret",
                "fake scope");
    }

    private SubscriberLine line(WebhookClient client) {
        return new SubscriberLine(client, null, new SimpleMeterRegistry());
    }

    private static Answer sent(SubscriberLine line, Request request) throws Exception {
        return line.send(request).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Answer get(WebhookClient client, int port) throws Exception {
        return done(client, request("GET", port, null), false);
    }

    private static Answer done(WebhookClient client, Request request, boolean certified) throws Exception {
        return client.send(request, certified).get(20, TimeUnit.SECONDS);
    }

    private static Request request(String method, int port, Credential credential) {
        byte[] body = method.equals("GET") ? new byte[0] : "fake event".getBytes(StandardCharsets.UTF_8);
        return new Request(
                method, URI.create("https://" + NAME + ":" + port + "/hook?a=1"), Map.of(), body, credential);
    }

    private WebhookClient client(List<String> allowed, WebhookClient.Names names, PemKeyCertOptions identity) {
        WebhookClient client = new WebhookClient(
                vertx,
                new SinkPolicy(allowed),
                TIMEOUT,
                identity,
                folder.resolve("trust.pem").toString(),
                names);
        open.push(client);
        return client;
    }

    private int serve(HttpServerOptions options, Consumer<HttpServerRequest> answering) {
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(request -> request.body().onSuccess((Buffer body) -> {
                    bodies.add(body.toString());
                    requests.add(request);
                    answering.accept(request);
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        open.push(() -> server.close().toCompletionStage().toCompletableFuture().join());
        return server.actualPort();
    }

    private static HttpServerOptions tls(String name) {
        return new HttpServerOptions().setSsl(true).setKeyCertOptions(key(name));
    }

    private static PemKeyCertOptions key(String name) {
        return new PemKeyCertOptions()
                .setCertPath(folder.resolve(name + ".crt").toString())
                .setKeyPath(folder.resolve(name + ".key").toString());
    }

    /** A certificate of its own making, as PEM. */
    private static void certificate(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "fake",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "fakefake")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "fakefake".toCharArray());
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate("fake").getEncoded());
        pem(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey("fake", "fakefake".toCharArray()).getEncoded());
    }

    private static void pem(String file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
