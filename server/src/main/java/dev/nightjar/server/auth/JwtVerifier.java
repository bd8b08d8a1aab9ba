package dev.nightjar.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
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
import java.text.ParseException;
import java.util.ArrayList;
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

    private static final Set<String> REQUIRED = Set.of("exp", "sub");

    private final List<Check> checks = new ArrayList<>();
    private final JwtClaims claims;

    /**
     * With the keys that are configured.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if they cannot be used
     */
    JwtVerifier(JwtConfig config) {
        this.claims = new JwtClaims(config.tenantClaim());
        config.secretFile()
                .map(JwtKeys::secret)
                .ifPresent(
                        secret ->
                                add(
                                        config,
                                        JwtKeys.algorithms(secret),
                                        new ImmutableSecret<>(secret)));
        config.jwksFile()
                .map(JwtKeys::ofFile)
                .or(() -> config.jwksUrl().map(JwtKeys::ofUrl))
                .ifPresent(keys -> add(config, JwtKeys.publicAlgorithms(), keys));
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
     * Who a token says that its bearer is.
     *
     * @throws ApiException with status 401 if it is not to be believed
     */
    Caller verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            Check check =
                    find(jwt.getHeader().getAlgorithm())
                            .orElseThrow(
                                    () ->
                                            refused(
                                                    "its algorithm (alg) is none that this server"
                                                            + " takes"));
            return claims.caller(check.processor.process(jwt, null));
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
