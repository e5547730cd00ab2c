package nl.wijkhub.lab.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void nobody_listens_on_it_and_no_client_is_given_it() throws IOException {
        int port = FreePort.next();

        assertThat(port).isBetween(1024, 32_767);
        try (ServerSocket socket = new ServerSocket(port)) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void nothing_else_picks_a_port_for_a_server_that_is_called_while_it_is_away() throws IOException {
        List<Path> others = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("new ServerSocket(" + "0")) {
                    others.add(file);
                }
            }
        }

        assertThat(others).isEmpty();
    }
}
