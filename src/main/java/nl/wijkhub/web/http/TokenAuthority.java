package nl.wijkhub.web.http;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;

/**
 * Checks access tokens against the issuer's published keys: signature, algorithm, issuer, audience, expiry.
 * Keys are cached and fetched anew when a token names one we do not know, so a rotation needs no restart.
 * Rejects: anything but a fresh, well-signed JWT of this issuer for this hub.
 */
public final class TokenAuthority {
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.RS512, JWSAlgorithm.ES384);
    private static final long KEYS_MILLIS = 15 * 60 * 1000L;
    private static final long REFRESH_MILLIS = 15 * 1000L;
    private static final long BETWEEN_FETCHES_MILLIS = 5 * 1000L;

    /** How long a checked token is taken as it is: far shorter than the issuer's keys are. */
    private static final long KNOWN_MILLIS = 30 * 1000L;

    /** A partner's system has one token for hours; beyond this many all are checked anew. */
    private static final int MOST_KNOWN = 10_000;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * What a token says.
     *
     * @param clientId claim {@code client_id}; null when the token has none
     * @param user the claim that names the user; null when the token has none
     */
    public record Claims(String clientId, String user) {}

    /**
     * @param untilNanos by {@link System#nanoTime}
     */
    private record CachedClaims(Claims claims, long untilNanos) {}

    private final Map<String, CachedClaims> known = new ConcurrentHashMap<>();
    private final String userClaim;
    private final Clock clock;
    private volatile boolean issuerAway;

    public TokenAuthority(String issuer, String jwksUrl, String audience, String userClaim, Clock clock) {
        this.userClaim = userClaim;
        this.clock = clock;
        try {
            JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                            URI.create(jwksUrl).toURL())
                    .cache(KEYS_MILLIS, REFRESH_MILLIS)
                    .rateLimited(BETWEEN_FETCHES_MILLIS)
                    .retrying(true)
                    .build();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("hub.oidc.jwks-url is no URL", e);
        }
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        java.util.Collections.singleton(audience), // unlike Set.of it may be asked about null
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        Set.of("exp", "iat"),
                        Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                });
    }

    /** What a token says that was checked a moment ago and has not expired since; never blocks. */
    Optional<Claims> known(String token) {
        return Optional.ofNullable(known.get(token))
                .filter(k -> System.nanoTime() - k.untilNanos() < 0)
                .map(CachedClaims::claims);
    }

    /** Checks a token; may wait for the issuer's keys. */
    public Claims check(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            issuerAway = false;
            Claims checked = new Claims(claims.getStringClaim("client_id"), claims.getStringClaim(userClaim));
            remember(token, checked, claims.getExpirationTime());
            return checked;
        } catch (RateLimitReachedException unknownKey) {
            // keys were fetched a moment ago and do not hold this one
            if (issuerAway) {
                throw new Unavailable("identity", unknownKey);
            }
            throw new Rejected(Problem.NOT_AUTHENTICATED);
        } catch (KeySourceException e) {
            issuerAway = true;
            throw new Unavailable("identity", e);
        } catch (ParseException | BadJOSEException | com.nimbusds.jose.JOSEException e) {
            throw new Rejected(Problem.NOT_AUTHENTICATED);
        }
    }

    private void remember(String token, Claims claims, Date expires) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        long millis = Math.min(KNOWN_MILLIS, expires.getTime() - clock.millis());
        known.put(token, new CachedClaims(claims, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
    }
}
