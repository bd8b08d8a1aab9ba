package dev.nightjar.server.gate;

import java.util.Optional;
import java.util.Set;

/**
 * What a caller may do.
 *
 * @param isAdmin whether it may change the server and read everything about it
 * @param models ids of the models it may use, under whatever name; all without it
 * @param tasks words of the tasks it may use models for, such as {@code generate}; all without it
 */
public record Permissions(
        boolean isAdmin, Optional<Set<String>> models, Optional<Set<String>> tasks) {

    /** The word that stands among the tasks for reading the server's figures. */
    public static final String METRICS = "metrics";

    /** Everything. */
    public static final Permissions ALL = new Permissions(true, Optional.empty(), Optional.empty());

    /** Nothing at all. */
    public static final Permissions NONE =
            new Permissions(false, Optional.of(Set.of()), Optional.of(Set.of()));

    /** Copies the sets. */
    public Permissions {
        models = models.map(Set::copyOf);
        tasks = tasks.map(Set::copyOf);
    }

    /** Whether a model may be used under any of its names, for its task. */
    public boolean mayUse(ModelUse use) {
        return mayDo(use.task()) && mayUseAny(use.names());
    }

    /** Whether a model may be used that has these names. */
    public boolean mayUseAny(Set<String> names) {
        return models.isEmpty() || models.get().stream().anyMatch(names::contains);
    }

    /** Whether the server's figures may be read: they tell of all models, so this is said. */
    public boolean mayReadFigures() {
        return tasks.filter(words -> words.contains(METRICS)).isPresent();
    }

    /** Whether models may be used for a task. */
    public boolean mayDo(String task) {
        return tasks.isEmpty() || tasks.get().contains(task);
    }
}
