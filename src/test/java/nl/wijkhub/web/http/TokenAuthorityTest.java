package nl.wijkhub.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.function.Consumer;
import nl.wijkhub.TestClock;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenAuthorityTest {
    private static final String ISSUER = "https://identity.example/fake";
    private HttpServer keys;
    private volatile String published;
    private RSAKey key;
    private final TestClock clock = new TestClock();
    private TokenAuthority authority;

    @BeforeEach
    void publish_keys() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        published = new JWKSet(key.toPublicJWK()).toString();
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/jwks", exchange -> {
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        authority = new TokenAuthority(
                ISSUER,
                "http://localhost:" + keys.getAddress().getPort() + "/jwks",
                "wijkhub",
                "preferred_username",
                clock);
    }

    @AfterEach
    void stop() {
        keys.stop(0);
    }

    @Test
    void tells_the_client_and_the_user_of_a_good_token() throws Exception {
        assertThat(authority.check(token(key, claims -> {})))
                .isEqualTo(new TokenAuthority.Claims("fake-client", "fake-user"));
    }

    @Test
    void a_client_is_named_by_client_id_alone() throws Exception {
        assertThat(authority
                        .check(token(
                                key, claims -> claims.claim("client_id", null).claim("azp", "fake-azp")))
                        .clientId())
                .isNull();
    }

    @Test
    void refuses_another_issuer_audience_or_time() throws Exception {
        refused(token(key, claims -> claims.issuer("https://other.example")));
        refused(token(key, claims -> claims.audience("other")));
        refused(token(key, claims -> claims.audience((String) null)));
        refused(token(key, claims -> claims.expirationTime(Date.from(TestClock.START.minusSeconds(300)))));
        refused(token(key, claims -> claims.expirationTime(null)));
        refused(token(key, claims -> claims.notBeforeTime(Date.from(TestClock.START.plusSeconds(600)))));
    }

    @Test
    void refuses_no_signature_a_foreign_key_and_a_symmetric_one() throws Exception {
        refused(new PlainJWT(claims(c -> {})).serialize());
        refused(token(new RSAKeyGenerator(2048).keyID("one").generate(), claims -> {}));
        SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(c -> {}));
        symmetric.sign(new MACSigner(key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
        refused(symmetric.serialize());
        refused("no.token.at.all");
        refused("");
    }

    @Test
    void knows_a_checked_token_again_until_it_expires() throws Exception {
        String good = token(key, claims -> {});
        String expired = token(key, claims -> claims.expirationTime(Date.from(TestClock.START.minusSeconds(5))));
        String refused = token(key, claims -> claims.audience("other"));

        assertThat(authority.known(good)).isEmpty();
        authority.check(good);
        authority.check(expired); // within the clocks' tolerance
        refused(refused);

        assertThat(authority.known(good)).contains(new TokenAuthority.Claims("fake-client", "fake-user"));
        assertThat(authority.known(expired)).isEmpty();
        assertThat(authority.known(refused)).isEmpty();
    }

    @Test
    void a_token_is_over_by_the_clock_of_the_hub() throws Exception {
        String token = token(key, claims -> {});
        clock.pass(Duration.ofMinutes(7));

        refused(token);
    }

    @Test
    void a_new_key_needs_no_restart() throws Exception {
        authority.check(token(key, claims -> {}));
        RSAKey next = new RSAKeyGenerator(2048).keyID("two").generate();
        published = new JWKSet(next.toPublicJWK()).toString();

        assertThat(authority.check(token(next, claims -> {})).clientId()).isEqualTo("fake-client");
    }

    @Test
    void an_issuer_that_is_away_is_not_the_caller_s_fault() throws Exception {
        keys.stop(0);
        String token = token(key, claims -> {});

        assertThatThrownBy(() -> authority.check(token)).isInstanceOf(Unavailable.class);
    }

    private void refused(String token) {
        assertThatThrownBy(() -> authority.check(token)).isInstanceOf(Rejected.class);
    }

    private static String token(RSAKey key, Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims(change));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("wijkhub")
                .issueTime(Date.from(TestClock.START))
                .expirationTime(Date.from(TestClock.START.plusSeconds(300)))
                .claim("client_id", "fake-client")
                .claim("preferred_username", "fake-user");
        change.accept(claims);
        return claims.build();
    }
}
