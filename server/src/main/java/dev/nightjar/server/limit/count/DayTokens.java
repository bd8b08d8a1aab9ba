package dev.nightjar.server.limit.count;

import java.time.LocalDate;

/** What callers have used today, as it was recorded: where a count begins after a restart. */
@FunctionalInterface
public interface DayTokens {

    /** Nothing is recorded. */
    DayTokens NONE = (caller, day) -> 0;

    /** Tokens that a caller has used on a day of UTC. May wait for a store. */
    long used(String caller, LocalDate day);
}
