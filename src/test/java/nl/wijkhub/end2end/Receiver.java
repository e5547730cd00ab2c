package nl.wijkhub.end2end;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.wijkhub.kernel.Json;

/** A subscriber's machine: takes what comes on a loopback port, remembers it, and behaves as badly as it is told to. */
final class Receiver implements AutoCloseable {
    /** How it answers. */
    interface Manner {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    /** One request, headers by lower-case name. */
    record Request(String method, String path, Map<String, String> headers, String body) {
        JsonNode event() {
            return Json.read(body, JsonNode.class);
        }
    }

    private final ServerSocket server;
    private final Map<Socket, Boolean> connections = new ConcurrentHashMap<>();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Manner handshake = Receiver::agree;
    private volatile Manner delivery = status(200);

    /**
     * @param port 0 for any
     */
    Receiver(int port) throws IOException {
        server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "receiver");
        accepting.setDaemon(true);
        accepting.start();
    }

    Receiver onHandshake(Manner manner) {
        handshake = manner;
        return this;
    }

    Receiver onDelivery(Manner manner) {
        delivery = manner;
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    /** The events it got, in the order they came. */
    List<JsonNode> events() {
        return requests.stream()
                .filter(request -> request.method().equals("POST"))
                .map(Request::event)
                .toList();
    }

    /** Says yes to whoever asks, in its own name. */
    static void agree(Request request, OutputStream out) throws IOException {
        write(out, "200 OK", "WebHook-Allowed-Origin: " + request.headers().get("webhook-request-origin"));
    }

    /** Says yes to this name alone. */
    static Manner agreeTo(String origin) {
        return (request, out) -> write(out, "200 OK", "WebHook-Allowed-Origin: " + origin);
    }

    static Manner status(int status, String... headers) {
        return (request, out) -> write(out, status + " Fake", headers);
    }

    static Manner never() {
        return (request, out) -> Thread.sleep(60_000);
    }

    static Manner garbage() {
        return (request, out) -> out.write("\0\1\2 fake \377\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A good head, and then a body at ten kilobytes a second that does not end. */
    static Manner slowBody() {
        return (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 600; i++) {
                out.write(new byte[1024]);
                out.flush();
                Thread.sleep(100);
            }
        };
    }

    static void write(OutputStream out, String status, String... headers) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList()) + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.put(socket, true);
                Thread serving = new Thread(() -> serve(socket), "receiver-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                (request.method().equals("OPTIONS") ? handshake : delivery).answer(request, socket.getOutputStream());
            }
        } catch (IOException | InterruptedException gone) {
            // the hub hung up, or this receiver was closed
        } finally {
            connections.remove(socket);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null || first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] parts = first.split(" ");
        return new Request(parts[0], parts[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.US_ASCII).stripTrailing();
            }
            line.write(b);
        }
        return null;
    }

    /** Gone: connections are refused from now on. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : connections.keySet()) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
