package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who is not logged in and sends the head of a request, and of its body next to nothing: answered at once. */
class StrangerIT {
    /** Long before a body is given up. */
    private static final int PATIENCE_MILLIS = 15_000;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.shared();
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
        String answer = answerTo("POST /v1/signals HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 65536\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    private static boolean isWhole(byte[] answer, int length) {
        String sofar = new String(answer, 0, length, StandardCharsets.UTF_8);
        return sofar.contains("</html>") || (sofar.contains("\r\n\r\n") && sofar.contains("\"status\":401"));
    }

    /** What comes first; fails when the other side waits for the body. */
    private static String answerTo(String begin) throws IOException {
        URI door = URI.create(hub.process.url());
        try (Socket socket = new Socket("127.0.0.1", door.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[16 * 1024];
            int length = 0;
            for (int more = 0; more >= 0 && !isWhole(answer, length); length += Math.max(0, more)) {
                more = in.read(answer, length, answer.length - length);
            }
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        } catch (SocketTimeoutException waits) {
            throw new AssertionError("the body is waited for", waits);
        }
    }
}
