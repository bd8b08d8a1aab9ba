package dev.nightjar.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.yaml.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B16: which JSON web tokens are taken, and what their claims permit. */
final class JwtVerifierTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String OTHER_SECRET = SECRET.replace('0', 'x');

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private static RSAKey rsa;
    private static ECKey ec;

    @TempDir private Path folder;

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    }

    private static JwtConfig config() {
        return new JwtConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://issuer"),
                Optional.of("nightjar"),
                Duration.ofSeconds(60),
                "tenant");
    }

    private JwtVerifier ofSecret() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        JwtConfig with = config();
        return new JwtVerifier(
                new JwtConfig(
                        Optional.of(file),
                        with.jwksFile(),
                        with.jwksUrl(),
                        with.issuer(),
                        with.audience(),
                        with.clockSkew(),
                        with.tenantClaim()));
    }

    private JwtVerifier ofJwks() throws IOException {
        String keys = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString();
        Path file = Files.writeString(folder.resolve("jwks.json"), keys);
        JwtConfig with = config();
        return new JwtVerifier(
                new JwtConfig(
                        with.secretFile(),
                        Optional.of(file),
                        with.jwksUrl(),
                        with.issuer(),
                        with.audience(),
                        with.clockSkew(),
                        with.tenantClaim()),
                LOOK_AGAIN);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("alice")
                .issuer("https://issuer")
                .audience(List.of("other", "nightjar"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String hs256(UnaryOperator<JWTClaimsSet.Builder> change) {
        return hmac(JWSAlgorithm.HS256, SECRET, change);
    }

    private static String hmac(
            JWSAlgorithm algorithm, String secret, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            return signed(
                    new JWSHeader(algorithm),
                    new MACSigner(secret.getBytes(StandardCharsets.UTF_8)),
                    change.apply(claims()).build());
        } catch (JOSEException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String rs(JWSAlgorithm algorithm, String keyId) throws JOSEException {
        return signed(
                new JWSHeader.Builder(algorithm).keyID(keyId).build(),
                new RSASSASigner(rsa),
                claims().build());
    }

    private static void assertRefused(
            JwtVerifier verifier, String token, String code, String part) {
        ApiException refused = assertThrows(ApiException.class, () -> verifier.verify(token));
        ApiError error = refused.error();
        assertEquals(401, error.status(), error.message());
        assertEquals(Optional.of(code), error.code(), error.message());
        assertTrue(error.message().contains(part), error.message());
        assertTrue(error.headers().get("WWW-Authenticate").startsWith("Bearer"), error.message());
    }

    @Test
    void secretsAreTakenByTheirLength() throws IOException {
        JwtVerifier verifier = ofSecret();
        Caller caller = verifier.verify(hs256(claims -> claims));
        assertEquals("jwt:alice", caller.id());
        assertEquals("alice", caller.name());
        assertEquals("jwt:alice", caller.tenant());
        assertTrue(caller.expiresAt().isPresent());
        assertEquals("jwt:alice", verifier.verify(hmac(JWSAlgorithm.HS384, SECRET, c -> c)).id());
        String longSecret = SECRET + SECRET;
        assertRefused(
                verifier, hmac(JWSAlgorithm.HS512, longSecret, c -> c), "invalid_token", "alg");
        assertRefused(
                verifier,
                hmac(JWSAlgorithm.HS256, OTHER_SECRET, c -> c),
                "invalid_token",
                "signature");
        Path shortFile = Files.writeString(folder.resolve("short"), "too short");
        assertThrows(ConfigException.class, () -> JwtKeys.secret(shortFile));
    }

    @Test
    void publicKeysAreTakenFromAFile() throws Exception {
        JwtVerifier verifier = ofJwks();
        for (JWSAlgorithm algorithm :
                List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
            assertEquals("jwt:alice", verifier.verify(rs(algorithm, "r1")).id());
        }
        String es256 =
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("e1").build(),
                        new ECDSASigner(ec),
                        claims().build());
        assertEquals("jwt:alice", verifier.verify(es256).id());
        assertRefused(verifier, rs(JWSAlgorithm.RS256, "r2"), "invalid_token", "signature");
        String broken = es256.substring(0, es256.length() - 6) + "AAAAAA";
        assertRefused(verifier, broken, "invalid_token", "signature");
    }

    @Test
    void noAlgorithmIsTakenForAnother() throws Exception {
        String none = new PlainJWT(claims().build()).serialize();
        assertRefused(ofSecret(), none, "invalid_token", "signed");
        assertRefused(ofJwks(), none, "invalid_token", "signed");
        String publicKey =
                new String(rsa.toRSAPublicKey().getEncoded(), StandardCharsets.ISO_8859_1);
        String confused =
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(),
                        new MACSigner(publicKey.getBytes(StandardCharsets.ISO_8859_1)),
                        claims().build());
        assertRefused(ofJwks(), confused, "invalid_token", "alg");
        assertRefused(ofSecret(), rs(JWSAlgorithm.RS256, "r1"), "invalid_token", "alg");
    }

    @Test
    void claimsHaveToFit() throws IOException {
        JwtVerifier verifier = ofSecret();
        Instant now = Instant.now();
        assertRefused(
                verifier,
                hs256(c -> c.expirationTime(Date.from(now.minusSeconds(90)))),
                "token_expired",
                "expired");
        verifier.verify(hs256(c -> c.expirationTime(Date.from(now.minusSeconds(20)))));
        assertRefused(
                verifier,
                hs256(c -> c.notBeforeTime(Date.from(now.plusSeconds(90)))),
                "invalid_token",
                "nbf");
        verifier.verify(hs256(c -> c.notBeforeTime(Date.from(now.plusSeconds(20)))));
        assertRefused(verifier, hs256(c -> c.issuer("https://evil")), "invalid_token", "iss");
        assertRefused(verifier, hs256(c -> c.audience("other")), "invalid_token", "aud");
        assertRefused(verifier, hs256(c -> c.expirationTime(null)), "invalid_token", "exp");
        assertRefused(verifier, hs256(c -> c.subject(null)), "invalid_token", "sub");
        assertRefused(
                verifier,
                hs256(c -> c.claim("nightjar_models", 7)),
                "invalid_token",
                "nightjar_models");
    }

    @Test
    void claimsSayWhatIsPermitted() throws IOException {
        JwtVerifier verifier = ofSecret();
        Caller plain = verifier.verify(hs256(c -> c));
        assertEquals(false, plain.permissions().isAdmin());
        assertEquals(Optional.empty(), plain.permissions().models());
        Caller full =
                verifier.verify(
                        hs256(
                                c ->
                                        c.claim("nightjar_models", List.of("a"))
                                                .claim("nightjar_tasks", "embed chat")
                                                .claim("nightjar_admin", true)
                                                .claim("nightjar_tier", "gold")
                                                .claim("tenant", "acme")
                                                .claim("name", "Alice")));
        assertEquals(true, full.permissions().isAdmin());
        assertEquals(Optional.of(Set.of("a")), full.permissions().models());
        assertEquals(
                Optional.of(Set.of("embedding", "text-generation")), full.permissions().tasks());
        assertEquals(
                List.of("gold", "acme", "Alice"), List.of(full.tier(), full.tenant(), full.name()));
        Caller scoped =
                verifier.verify(
                        hs256(
                                c ->
                                        c.claim(
                                                "scope",
                                                "openid nightjar:model:b nightjar:task:rerank")));
        assertEquals(Optional.of(Set.of("b")), scoped.permissions().models());
        assertEquals(Optional.of(Set.of("reranking")), scoped.permissions().tasks());
        assertTrue(
                verifier.verify(hs256(c -> c.claim("scope", "nightjar:admin")))
                        .permissions()
                        .isAdmin());
        Caller none = verifier.verify(hs256(c -> c.claim("nightjar_models", List.of())));
        assertEquals(Optional.of(Set.of()), none.permissions().models());
    }

    /** What was taken a moment ago is not for that taken when its time is over. */
    @Test
    void aKnownTokenExpires() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET);
        JwtConfig with = config();
        JwtVerifier verifier =
                new JwtVerifier(
                        new JwtConfig(
                                Optional.of(file),
                                with.jwksFile(),
                                with.jwksUrl(),
                                with.issuer(),
                                with.audience(),
                                Duration.ZERO,
                                with.tenantClaim()));
        Instant end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        String token = hs256(claims -> claims.expirationTime(Date.from(end)));
        Caller first = verifier.verify(token);
        assertSame(first, verifier.verify(token), "it is looked up");
        Thread.sleep(Duration.between(Instant.now(), end).plusMillis(20));
        assertRefused(verifier, token, "token_expired", "expired");
    }

    /** A key that its issuer withdraws ends the tokens that are known by it. */
    @Test
    void aKnownTokenEndsWithItsKey() throws Exception {
        JwtVerifier verifier = ofJwks();
        String token = rs(JWSAlgorithm.RS256, "r1");
        assertSame(verifier.verify(token), verifier.verify(token), "it is looked up");
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, new JWKSet(List.of(ec.toPublicJWK())).toString());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        Thread.sleep(LOOK_AGAIN.plusMillis(50));
        assertRefused(verifier, token, "invalid_token", "signature");
    }

    /** Of tokens that differ in their last letter, the broken one is never the known one. */
    @Test
    void aBrokenTokenIsNotTakenForAKnownOne() throws Exception {
        JwtVerifier verifier = ofJwks();
        String token = rs(JWSAlgorithm.RS256, "r1");
        verifier.verify(token);
        assertRefused(
                verifier,
                token.substring(0, token.length() - 6) + "AAAAAA",
                "invalid_token",
                "signature");
    }

    /** Tokens with key ids that nobody knows do not make it ask the server each time. */
    @Test
    void keysOfAServerAreFetchedSeldom() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        byte[] keys = new JWKSet(rsa.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/jwks",
                exchange -> {
                    fetches.incrementAndGet();
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        server.start();
        try {
            URI url =
                    URI.create("http://127.0.0.1:%d/jwks".formatted(server.getAddress().getPort()));
            JwtConfig with = config();
            JwtVerifier verifier =
                    new JwtVerifier(
                            new JwtConfig(
                                    with.secretFile(),
                                    with.jwksFile(),
                                    Optional.of(url),
                                    with.issuer(),
                                    with.audience(),
                                    with.clockSkew(),
                                    with.tenantClaim()));
            assertEquals(0, fetches.get(), "not before the first token");
            for (int i = 0; i < 5; i++) {
                assertEquals("jwt:alice", verifier.verify(rs(JWSAlgorithm.RS256, "r1")).id());
            }
            assertEquals(1, fetches.get());
            for (int i = 0; i < 20; i++) {
                String unknown = rs(JWSAlgorithm.RS256, "unknown" + i);
                assertThrows(ApiException.class, () -> verifier.verify(unknown));
            }
            assertTrue(fetches.get() <= 3, () -> fetches + " fetches");
        } finally {
            server.stop(0);
        }
    }
}
