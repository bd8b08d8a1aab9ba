package dev.nightjar.server.soak;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is put to the test.
 *
 * @param url its address, without a path
 * @param model asked for
 * @param apiKey sent with each request, if there is one; may need to read metrics and to reload
 * @param duration of the load, without measuring what the server can do
 * @param share of what it can do, above 0
 * @param reloadEvery how often the model is loaded anew, if it is
 * @param seed of the workload
 */
public record SoakPlan(
        URI url,
        String model,
        Optional<String> apiKey,
        Duration duration,
        double share,
        Optional<Duration> reloadEvery,
        long seed) {

    /** Refuses what cannot be run. */
    public SoakPlan {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("duration: expected above 0, found " + duration);
        }
        if (!(share > 0 && share <= 2)) {
            throw new IllegalArgumentException("load: expected above 0 up to 2, found " + share);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "%s of %s at %s of what it can do".formatted(model, url, share);
    }
}
