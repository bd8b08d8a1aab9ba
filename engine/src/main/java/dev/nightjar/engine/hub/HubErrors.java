package dev.nightjar.engine.hub;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a hub means with a status that is no success. */
final class HubErrors {

    private static final String TOKEN_HINT =
            "set HF_TOKEN or NIGHTJAR_HUB_TOKEN to a token that may read it";

    private HubErrors() {}

    /**
     * The failure that an answer stands for.
     *
     * @param what was asked for, such as {@code owner/name at revision main}
     */
    static HubException of(HttpResponse<InputStream> response, HubSettings settings, String what) {
        int status = response.statusCode();
        // Hubs that hide private repositories answer 401 for what does not exist at all.
        boolean isHidden = code(response).equals("RepoNotFound");
        return switch (status) {
            case 401, 403 -> isHidden ? hidden(settings, what) : denied(response, settings, what);
            case 404 -> isHidden ? hidden(settings, what) : missing(response, settings, what);
            case 416 ->
                    new HubException.RangeRefused(
                            "%s does not have as many bytes as are here already".formatted(what));
            case 429 -> rateLimited(response, settings);
            default ->
                    status >= 500 || status == 408
                            ? new HubException.Unavailable(
                                    "%s answered %d to the request for %s"
                                            .formatted(settings.endpoint(), status, what),
                                    null)
                            : new HubException.BadAnswer(
                                    "%s: expected status 200, found %d%s"
                                            .formatted(what, status, said(response)));
        };
    }

    private static HubException hidden(HubSettings settings, String what) {
        return new HubException.NotFound(
                "%s has no %s, or it is private; check the spelling, or %s"
                        .formatted(settings.endpoint(), what, TOKEN_HINT));
    }

    private static HubException missing(
            HttpResponse<InputStream> response, HubSettings settings, String what) {
        return new HubException.NotFound(
                "%s has no %s%s; check the spelling"
                        .formatted(settings.endpoint(), what, said(response)));
    }

    private static HubException denied(
            HttpResponse<InputStream> response, HubSettings settings, String what) {
        String advice =
                settings.token().isEmpty()
                        ? TOKEN_HINT
                        : "the token that was sent may not read it: accept the terms on the page of"
                                + " the model, or use a token of an account that did";
        return new HubException.AccessDenied(
                "%s refuses access to %s (status %d%s); %s"
                        .formatted(
                                settings.endpoint(),
                                what,
                                response.statusCode(),
                                said(response),
                                advice));
    }

    private static HubException rateLimited(
            HttpResponse<InputStream> response, HubSettings settings) {
        Optional<Duration> wait =
                response.headers().firstValue("Retry-After").flatMap(HubErrors::wait);
        String when = wait.map(time -> "in " + time.toSeconds() + " s").orElse("later");
        String advice = settings.token().isEmpty() ? ", or set HF_TOKEN for a higher limit" : "";
        return new HubException.RateLimited(
                "%s gets too many requests from here; try again %s%s"
                        .formatted(settings.endpoint(), when, advice),
                wait);
    }

    /** Seconds, or a date. */
    private static Optional<Duration> wait(String retryAfter) {
        if (retryAfter.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            ZonedDateTime date =
                    ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(ZonedDateTime.now(date.getZone()), date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static String code(HttpResponse<InputStream> response) {
        return response.headers().firstValue("X-Error-Code").orElse("");
    }

    /** The hub's own words, if it has any. */
    private static String said(HttpResponse<InputStream> response) {
        return response.headers()
                .firstValue("X-Error-Message")
                .map(text -> text.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(text -> !text.isEmpty() && text.length() <= 300)
                .map(text -> ": " + text)
                .orElse("");
    }
}
