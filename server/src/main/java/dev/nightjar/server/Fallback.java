package dev.nightjar.server;

import dev.nightjar.server.api.ApiError;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;

/** Answers what no route takes. Registered after the routes. */
final class Fallback {

    private Fallback() {}

    /** A path that exists, asked for with another method. */
    static void wrongMethod(HttpRules rules, String path, String allowed) {
        Handler refuse =
                (request, response) -> {
                    throw ApiError.refusal(
                                    405,
                                    "%s does not take %s; use %s"
                                            .formatted(
                                                    request.path().absolute().path(),
                                                    request.prologue().method().text(),
                                                    allowed))
                            .withCode("method_not_allowed")
                            .withHeader("Allow", allowed)
                            .asException();
                };
        rules.any(path, refuse);
    }

    /** A path that does not exist. */
    static void notFound(HttpRules rules) {
        rules.any(
                (request, response) -> {
                    throw ApiError.refusal(
                                    404,
                                    "no route %s %s"
                                            .formatted(
                                                    request.prologue().method().text(),
                                                    request.path().absolute().path()))
                            .withCode("unknown_route")
                            .asException();
                });
    }
}
