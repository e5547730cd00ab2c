package nl.wijkhub.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.DemoIdentity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Demo only: prints a bearer token for a partner, a team's system or a user, or a broker login. */
@Command(name = "token", description = "Demo only: prints a bearer token, or a broker login.")
public final class Token implements Callable<Integer> {
    static class Who {
        @Option(names = "--partner", description = "A partner, or a team's own system such as vb-noord.municipality.")
        String partner;

        @Option(names = "--user", description = "A user, such as medewerker-demo.")
        String user;

        @Option(names = "--amqp", description = "Prints 'user password' for the broker.")
        String amqp;
    }

    @ArgGroup(multiplicity = "1")
    private Who who;

    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (who.amqp != null) {
            System.out.println(
                    who.amqp + ' ' + BrokerLogins.passwordOf(Vault.open(config.resolve("secrets")), who.amqp));
            return 0;
        }
        System.out.println(bearer(who.partner, who.user));
        return 0;
    }

    /** A token of the running demo's identity server: of a client, or of a user behind the demo's own client. */
    public static String bearer(String client, String user) throws IOException, InterruptedException {
        String form = user == null
                ? "grant_type=client_credentials&client_id=" + encode(client) + "&client_secret=demo&scope=wijkhub"
                : "grant_type=password&client_id=wijkhub-token&client_secret=demo&scope=openid&password=demo&username="
                        + encode(user);
        HttpRequest request = HttpRequest.newBuilder(URI.create(Demo.ISSUER + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = Json.MAPPER.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new IOException("the identity server of the demo gives no token for this");
            }
            return answer.get("access_token").asText();
        } catch (java.net.ConnectException e) {
            throw new IOException("no demo runs here: start ./wijkhub demo first (" + DemoIdentity.REALM + ")", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
