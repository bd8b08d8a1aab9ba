package dev.nightjar.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks JSON web tokens. Each kind of key has its own algorithms, so none is taken for another
 * kind, and {@code none} is no algorithm.
 */
final class JwtVerifier {

    /** A kind of key with the algorithms that it is for. */
    private record Check(
            Set<JWSAlgorithm> algorithms, DefaultJWTProcessor<SecurityContext> processor) {}

    private static final JWKSelector ANY_KEY = new JWKSelector(new JWKMatcher.Builder().build());
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Set<String> REQUIRED = Set.of("exp", "sub");

    private final List<Check> checks = new ArrayList<>();
    private final JwtClaims claims;
    private final JwtCache cache;
    private final Optional<JWKSource<SecurityContext>> publicKeys;

    /**
     * With the keys that are configured.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if they cannot be used
     */
    JwtVerifier(JwtConfig config) {
        this(config, LOOK_AGAIN);
    }

    /** Looking after so long whether a file of keys was changed. */
    JwtVerifier(JwtConfig config, Duration lookAgain) {
        this.claims = new JwtClaims(config.tenantClaim());
        this.cache = new JwtCache(config.clockSkew());
        config.secretFile()
                .map(JwtKeys::secret)
                .ifPresent(
                        secret ->
                                add(
                                        config,
                                        JwtKeys.algorithms(secret),
                                        new ImmutableSecret<>(secret)));
        this.publicKeys =
                config.jwksFile()
                        .map(file -> JwtKeys.ofFile(file, lookAgain))
                        .or(() -> config.jwksUrl().map(JwtKeys::ofUrl));
        publicKeys.ifPresent(keys -> add(config, JwtKeys.publicAlgorithms(), keys));
    }

    private void add(
            JwtConfig config, Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        config.issuer().ifPresent(exact::issuer);
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(
                        config.audience().orElse(null), exact.build(), REQUIRED);
        verifier.setMaxClockSkew((int) config.clockSkew().toSeconds());
        processor.setJWTClaimsSetVerifier(verifier);
        checks.add(new Check(algorithms, processor));
    }

    /**
     * Who a token says that its bearer is. One that was checked before is looked up.
     *
     * @throws ApiException with status 401 if it is not to be believed
     */
    Caller verify(String token) {
        try {
            String digest = digest(token);
            Optional<JwtCache.Known> known = cache.find(digest);
            if (known.isPresent() && isCurrent(known.get())) {
                return known.get().caller();
            }
            JwtCache.Known checked = check(token);
            cache.put(digest, checked);
            return checked.caller();
        } catch (ExpiredJWTException over) {
            throw AuthError.expired().asException();
        } catch (ParseException malformed) {
            throw refused("it is no signed JSON web token");
        } catch (BadJOSEException bad) {
            throw refused(reason(bad));
        } catch (JOSEException failed) {
            throw AuthError.unavailable().asException();
        }
    }

    private JwtCache.Known check(String token)
            throws ParseException, BadJOSEException, JOSEException {
        SignedJWT jwt = SignedJWT.parse(token);
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        Check check =
                find(algorithm)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "its algorithm (alg) is none that this server"
                                                        + " takes"));
        // Before they are used: keys that change meanwhile end what is remembered.
        boolean isOfSecret = JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
        List<JWK> keys = isOfSecret ? List.of() : keysNow();
        return new JwtCache.Known(claims.caller(check.processor.process(jwt, null)), keys);
    }

    private boolean isCurrent(JwtCache.Known known) throws KeySourceException {
        return known.keys().isEmpty() || known.isOf(keysNow());
    }

    /** Those that may be exchanged; a secret never is. */
    private List<JWK> keysNow() throws KeySourceException {
        return publicKeys.isPresent() ? publicKeys.get().get(ANY_KEY, null) : List.of();
    }

    private static String digest(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private Optional<Check> find(JWSAlgorithm algorithm) {
        return checks.stream().filter(check -> check.algorithms.contains(algorithm)).findFirst();
    }

    /** The library's words say which claim is wrong; they repeat none of its value. */
    private static String reason(BadJOSEException bad) {
        String message = String.valueOf(bad.getMessage());
        if (message.contains("missing required claims")) {
            return "it lacks one of the claims exp and sub";
        }
        if (message.contains("before use time")) {
            return "it is not valid yet (nbf)";
        }
        if (message.contains("iss claim")) {
            return "its issuer (iss) is another";
        }
        return message.contains("aud")
                ? "it is for another audience (aud)"
                : "its signature is not right";
    }

    private static ApiException refused(String reason) {
        return AuthError.invalidToken(reason).asException();
    }
}
