package dev.nightjar.server.store;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which usage is asked for.
 *
 * @param from the first day
 * @param to the last day
 * @param callerId of this caller alone
 * @param model of this model alone
 * @param user of this user alone
 */
public record UsageFilter(
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Optional<String> callerId,
        Optional<String> model,
        Optional<String> user) {

    /** Everything. */
    public static final UsageFilter ALL =
            new UsageFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** Of this user alone. */
    public UsageFilter ofUser(String value) {
        return new UsageFilter(from, to, callerId, model, Optional.of(value));
    }
}
