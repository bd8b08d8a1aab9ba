package dev.nightjar.engine.hub;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Decides after each failure whether and when there is another try. Not for several threads.
 *
 * <p>Only what time may heal is tried again: an unavailable hub, and a hub that asks for patience
 * of no more than a minute.
 */
public final class Retry {

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

    private final int maxTries;
    private final Duration firstDelay;
    private final BiConsumer<HubException, Duration> onRetry;
    private int failures;

    Retry(HubSettings settings, BiConsumer<HubException, Duration> onRetry) {
        this.maxTries = settings.maxTries();
        this.firstDelay = settings.firstDelay();
        this.onRetry = onRetry;
    }

    /** Something went well: failures are counted from 0 again. */
    public void reset() {
        failures = 0;
    }

    /**
     * Waits until the next try is due.
     *
     * @throws HubException the failure itself, if there is none
     */
    public void awaitNext(HubException failure) {
        failures++;
        Duration delay =
                switch (failure) {
                    case HubException.Unavailable _ -> backOff();
                    case HubException.RateLimited limited ->
                            limited.retryAfter().orElseGet(this::backOff);
                    default -> throw failure;
                };
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        if (isInterrupted || failures >= maxTries || delay.compareTo(LONGEST_DELAY) > 0) {
            throw failure;
        }
        onRetry.accept(failure, delay);
        try {
            Thread.sleep(delay);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private Duration backOff() {
        Duration delay = firstDelay.multipliedBy(1L << Math.min(failures - 1, 20));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}
