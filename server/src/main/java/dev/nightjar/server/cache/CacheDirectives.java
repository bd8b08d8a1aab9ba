package dev.nightjar.server.cache;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a request's header {@code Cache-Control} says. */
enum CacheDirectives {
    /** Nothing that is known here: results are read and written. */
    USE,
    /** {@code no-cache}: the result is computed, and written. */
    REFRESH,
    /** {@code no-store}: nothing is read or written. */
    BYPASS;

    static CacheDirectives of(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.CACHE_CONTROL)) {
            return USE;
        }
        List<String> words =
                request.headers().values(HeaderNames.CACHE_CONTROL).stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .map(word -> word.strip().toLowerCase(Locale.ROOT))
                        .toList();
        if (words.contains("no-store")) {
            return BYPASS;
        }
        return words.contains("no-cache") ? REFRESH : USE;
    }
}
