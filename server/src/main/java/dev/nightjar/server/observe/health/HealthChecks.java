package dev.nightjar.server.observe.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * What has to be well for a server to take requests. Whoever depends on something that can fail
 * adds a check, such as a store whether its database answers. Thread-safe.
 */
public final class HealthChecks {

    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentSkipListMap<>();

    /** What is wrong. */
    public record Problem(String check, String reason) {}

    /** Without checks: all is well. */
    public HealthChecks() {}

    /**
     * Adds a check.
     *
     * @param name in a word or two, such as {@code database}
     * @param check says what is wrong, if something is, in words for an operator and without
     *     secrets; asked by every probe, so it answers at once from what is known already
     * @throws IllegalArgumentException if the name is taken
     */
    public void add(String name, Supplier<Optional<String>> check) {
        if (checks.putIfAbsent(name, check) != null) {
            throw new IllegalArgumentException("two health checks are named " + name);
        }
    }

    /** All that is wrong now; a check that fails itself is a problem, too. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        checks.forEach(
                (name, check) ->
                        ask(check).ifPresent(reason -> problems.add(new Problem(name, reason))));
        return problems;
    }

    private static Optional<String> ask(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException failed) {
            return Optional.of("the check failed: " + failed.getClass().getSimpleName());
        }
    }
}
