package dev.nightjar.server.auth;

import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code auth.jwt}: whose JSON web tokens are taken.
 *
 * @param secretFile holds the secret that HS256, HS384 and HS512 are checked with
 * @param jwksFile holds the public keys that RS*, PS* and ES* are checked with
 * @param jwksUrl answers with such keys
 * @param issuer the only one whose tokens are taken
 * @param audience must be among those that a token is for
 * @param clockSkew how far the issuer's clock may be from this one
 * @param tenantClaim names the caller's tenant
 */
public record JwtConfig(
        Optional<Path> secretFile,
        Optional<Path> jwksFile,
        Optional<URI> jwksUrl,
        Optional<String> issuer,
        Optional<String> audience,
        Duration clockSkew,
        String tenantClaim) {

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final String TENANT = "tenant";

    private static final Key<String> SECRET_FILE =
            Key.text(
                    "secret_file",
                    "File with the secret of HS256, HS384 and HS512, at least 32, 48 or 64 bytes.");
    private static final Key<String> JWKS_FILE =
            Key.text(
                    "jwks_file",
                    "File with the public keys (JWKS) of RS*, PS* and ES*; read again when it"
                            + " changes.");
    private static final Key<String> JWKS_URL =
            Key.text(
                    "jwks_url",
                    "URL of such keys; fetched again every 5 minutes, and for a key id that is new.");
    private static final Key<String> ISSUER =
            Key.text("issuer", "The only issuer (iss) whose tokens are taken; needed with jwks_*.");
    private static final Key<String> AUDIENCE =
            Key.text(
                    "audience",
                    "Must be among the audiences (aud) of a token; needed with jwks_*.");
    private static final Key<Duration> CLOCK =
            Key.duration("clock_skew", "How far the issuer's clock may be off; 60s without it.");
    private static final Key<String> TENANT_CLAIM =
            Key.text(
                    "tenant_claim", "The claim that names the caller's tenant; tenant without it.");

    /** What it may hold. */
    static final KeySet KEYS =
            KeySet.of(SECRET_FILE, JWKS_FILE, JWKS_URL, ISSUER, AUDIENCE, CLOCK, TENANT_CLAIM);

    static JwtConfig read(Section section) {
        JwtConfig config =
                new JwtConfig(
                        section.get(SECRET_FILE).map(Path::of),
                        section.get(JWKS_FILE).map(Path::of),
                        section.get(JWKS_URL).map(url -> url(section, url)),
                        section.get(ISSUER),
                        section.get(AUDIENCE),
                        section.get(CLOCK, CLOCK_SKEW),
                        section.get(TENANT_CLAIM, TENANT));
        config.require(section);
        return config;
    }

    /** Keys that others have, too, say nothing of whom a token is for. */
    private void require(Section section) {
        boolean hasPublicKeys = jwksFile.isPresent() || jwksUrl.isPresent();
        if (jwksFile.isPresent() && jwksUrl.isPresent()) {
            throw section.fault("jwks_file and jwks_url say the same; leave one out");
        }
        if (!hasPublicKeys && secretFile.isEmpty()) {
            throw section.fault("one of secret_file, jwks_file and jwks_url is needed");
        }
        if (hasPublicKeys && (issuer.isEmpty() || audience.isEmpty())) {
            throw section.fault(
                    "issuer and audience are needed with jwks_file and jwks_url, as the same keys"
                            + " sign tokens for others");
        }
    }

    private static URI url(Section section, String text) {
        try {
            URI url = new URI(text);
            boolean isHttp = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (isHttp && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // told below
        }
        throw section.fault("jwks_url must be a URL of https or http");
    }
}
