package dev.nightjar.server.auth;

import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonValue.JsonObject;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request brings to say who sends it. */
sealed interface Credential {

    /** Nothing. */
    record None() implements Credential {}

    /**
     * Something that can be no token.
     *
     * @param reason what is wrong with its form
     */
    record Malformed(String reason) implements Credential {}

    /**
     * An access token.
     *
     * @param text the token
     */
    record Key(String text) implements Credential {
        /** Without the text. */
        @Override
        public String toString() {
            return "an access token";
        }
    }

    /**
     * A JSON web token.
     *
     * @param text the token
     */
    record Jwt(String text) implements Credential {
        /** Without the text. */
        @Override
        public String toString() {
            return "a JSON web token";
        }
    }

    /**
     * Where it may stand beside {@code Authorization}: a header that OICM's documentation uses,
     * Anthropic's and Azure's.
     */
    List<HeaderName> OTHER_HEADERS =
            List.of(
                    HeaderNames.create("Bearer"),
                    HeaderNames.create("x-api-key"),
                    HeaderNames.create("api-key"));

    /** Of a request; the header {@code Authorization} goes before the others. */
    static Credential of(Headers headers) {
        Optional<String> authorization = headers.first(HeaderNames.AUTHORIZATION);
        if (authorization.isPresent()) {
            return Forms.ofAuthorization(authorization.get().strip());
        }
        return OTHER_HEADERS.stream()
                .flatMap(name -> headers.first(name).stream())
                .findFirst()
                .map(text -> Forms.ofText(text.strip()))
                .orElseGet(None::new);
    }

    /** Tells the forms apart. */
    final class Forms {

        private static final Pattern SCHEME = Pattern.compile("(?i)bearer:?\\s+(\\S.*)");
        private static final Pattern JWT =
                Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

        /** Longer ones are of nobody that this server should know. */
        private static final int MAX_LENGTH = 8_192;

        private Forms() {}

        private static Credential ofAuthorization(String value) {
            var bearer = SCHEME.matcher(value);
            if (bearer.matches()) {
                return ofText(bearer.group(1));
            }
            return value.isEmpty() || value.toLowerCase(java.util.Locale.ROOT).matches("bearer:?")
                    ? new None()
                    : new Malformed("the header Authorization must be 'Bearer TOKEN'");
        }

        /** Three parts of base64url, the first a JSON object with {@code alg}, are a JWT. */
        private static Credential ofText(String text) {
            if (text.isEmpty()) {
                return new None();
            }
            if (text.length() > MAX_LENGTH) {
                return new Malformed(
                        "a token has at most %d characters, found %d"
                                .formatted(MAX_LENGTH, text.length()));
            }
            if (JWT.matcher(text).matches() && hasAlgorithm(text.substring(0, text.indexOf('.')))) {
                return new Jwt(text);
            }
            return TokenText.hasForm(text)
                    ? new Key(text)
                    : new Malformed(
                            "it is neither an access token (nj_ and 49 letters and digits) nor a"
                                    + " JSON web token; copy it as a whole");
        }

        private static boolean hasAlgorithm(String head) {
            try {
                return JsonReader.read(Base64.getUrlDecoder().decode(head))
                                instanceof JsonObject json
                        && json.members().containsKey("alg");
            } catch (IllegalArgumentException | JsonSyntaxException other) {
                return false;
            }
        }
    }
}
