package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who is not logged in and sends the head of a request, and of its body nothing: answered, and let go at once. */
class StrangerIT {
    /** Long before a body is given up. */
    private static final int PATIENCE_MILLIS = 15_000;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(hub).ifPresent(RunningHub::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cookie: wijkhub-session=made-up\r\n"})
    void on_the_board_nothing_is_read_before_there_is_a_session(String cookie) throws Exception {
        String answer = answerTo("POST /board/plans HTTP/1.1\r\nHost: localhost\r\n" + cookie
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 65536\r\n\r\na=");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("/board/");
    }

    @Test
    void at_a_door_nothing_is_read_before_there_is_a_token() throws Exception {
        String answer = answerTo("POST /v1/signals HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 65536\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    /** All that comes until the other side closes the connection; fails when it waits for the body. */
    private static String answerTo(String begin) throws IOException {
        URI door = URI.create(hub.process.url());
        try (Socket socket = new Socket("127.0.0.1", door.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException waits) {
            throw new AssertionError("the body is waited for", waits);
        }
    }
}
