package nl.wijkhub.lab.embedded;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * The demo's identity server: gives anybody on this machine any token. The hub checks its tokens as it checks those of
 * a real one; production refuses to start with it.
 */
public final class DemoIdentity implements AutoCloseable {
    public static final String REALM = "wijkhub";
    public static final String AUDIENCE = "wijkhub";
    private static final long TOKEN_SECONDS = 8 * 3600L;

    private final MockOAuth2Server server = new MockOAuth2Server(
            new OAuth2Config(true, null, null, false, new OAuth2TokenProvider(), Set.of(new Claims())));

    public void start(int port) {
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** Adds what the hub looks at: the client, and the audience. */
    private static final class Claims extends DefaultOAuth2TokenCallback {
        Claims() {
            super(REALM, "unused", "at+jwt", List.of(AUDIENCE), Map.of(), TOKEN_SECONDS);
        }

        @Override
        public String subject(TokenRequest request) {
            if (GrantType.PASSWORD.equals(request.getAuthorizationGrant().getType())) {
                return request.getAuthorizationGrant()
                        .toParameters()
                        .get("username")
                        .get(0);
            }
            return client(request);
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            return new HashMap<>(Map.of("client_id", client(request)));
        }

        private static String client(TokenRequest request) {
            return request.getClientAuthentication() == null
                    ? String.valueOf(request.getClientID())
                    : request.getClientAuthentication().getClientID().getValue();
        }
    }
}
