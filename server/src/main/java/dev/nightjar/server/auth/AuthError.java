package dev.nightjar.server.auth;

import dev.nightjar.server.error.ApiError;

/** The refusals of callers. None repeats anything of a token. */
final class AuthError {

    private static final String TYPE = "authentication_error";
    private static final String CHALLENGE = "WWW-Authenticate";

    private AuthError() {}

    /** Nothing says who calls. */
    static ApiError missing() {
        return ApiError.of(
                        401,
                        TYPE,
                        "this server asks who calls: send an access token in the header"
                                + " 'Authorization: Bearer TOKEN'; an administrator makes one with"
                                + " 'nightjar token create'")
                .withCode("authentication_required")
                .withHeader(CHALLENGE, "Bearer realm=\"nightjar\"");
    }

    /** What was sent can be no token that this server takes. */
    static ApiError invalidToken(String reason) {
        return refused("the token is not valid: " + reason).withCode("invalid_token");
    }

    /** What was sent looks like an access token, and nobody was given it. */
    static ApiError unknownKey() {
        return refused("the access token is not known; check that it was copied from this server")
                .withCode("invalid_api_key");
    }

    /** The access token was revoked. */
    static ApiError revoked() {
        return refused("the access token was revoked; ask an administrator for another one")
                .withCode("invalid_api_key");
    }

    /** Its time is over. */
    static ApiError expired() {
        return refused("the token has expired; ask an administrator for another one")
                .withCode("token_expired");
    }

    /** The caller is known and may not do this. */
    static ApiError denied(String message) {
        return ApiError.of(403, "permission_error", message).withCode("permission_denied");
    }

    /** An address has sent too many tokens that nobody was given. */
    static ApiError tooManyFailures(long seconds) {
        return ApiError.of(
                        429,
                        "rate_limit_error",
                        "too many tokens from this address were not valid; valid ones are still"
                                + " taken")
                .withCode("too_many_failed_attempts")
                .withHeader("Retry-After", Long.toString(seconds));
    }

    /** Who calls cannot be found out. */
    static ApiError unavailable() {
        return ApiError.serverError(
                        503, "the database of access tokens cannot be read; try again later")
                .withCode("authentication_unavailable")
                .withHeader("Retry-After", "1");
    }

    private static ApiError refused(String message) {
        return ApiError.of(401, TYPE, message)
                .withHeader(CHALLENGE, "Bearer realm=\"nightjar\", error=\"invalid_token\"");
    }
}
