package dev.nightjar.server.fleet;

import dev.nightjar.engine.lifecycle.ManagerConfig;
import dev.nightjar.engine.request.Priority;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code engine}: what all models share.
 *
 * @param manager memory and waiting
 * @param priorities classes in the queue by tier
 * @param modelFolders where models may be loaded from over HTTP, beside the model store
 */
public record FleetConfig(
        ManagerConfig manager, Map<String, Priority> priorities, List<Path> modelFolders) {

    private static final int MAX_WAITING = 1_000_000;

    private static final Key<Long> MEMORY_BUDGET =
            Key.bytes(
                    "memory_budget",
                    "Memory that all loaded models share: weights, KV pools and workspaces, as"
                            + " planned. Models that are idle leave for others, the one used longest"
                            + " ago first; without it nothing has to leave.");
    private static final Key<Duration> LOAD_TIMEOUT =
            Key.duration(
                    "load_timeout",
                    "How long a request waits for a model that is being loaded; 5m without it.");
    private static final Key<Duration> ROOM_TIMEOUT =
            Key.duration(
                    "room_timeout",
                    "How long a load waits for models in use to become idle when the memory budget"
                            + " is full; 10s without it.");
    private static final Key<Integer> MAX_WAITING_REQUESTS =
            Key.integer(
                    "max_waiting",
                    1,
                    MAX_WAITING,
                    "Requests that may wait for one model to be loaded; 256 without it.");
    private static final Key<Duration> RETRY_AFTER =
            Key.duration(
                    "retry_after",
                    "How long after a failed load a request tries again; 10s without it.");
    private static final Key<List<String>> MODEL_FOLDERS =
            Key.texts(
                    "model_folders",
                    "Folders that models may be loaded from over HTTP, beside the model store;"
                            + " none without it.");
    private static final Key<Map<String, String>> PRIORITIES =
            Key.textsByName(
                    "priorities",
                    "Class in the queue by tier: standard, dedicated or enterprise. A tier that has"
                            + " the name of a class is in that one, all others are standard.");

    /** What it may hold. */
    public static final KeySet KEYS =
            KeySet.of(
                    MEMORY_BUDGET,
                    LOAD_TIMEOUT,
                    ROOM_TIMEOUT,
                    MAX_WAITING_REQUESTS,
                    RETRY_AFTER,
                    MODEL_FOLDERS,
                    PRIORITIES);

    /** Copies the collections. */
    public FleetConfig {
        priorities = Map.copyOf(priorities);
        modelFolders = List.copyOf(modelFolders);
    }

    /** What holds without a file. */
    public static FleetConfig defaults() {
        return read(Section.ABSENT);
    }

    /** Reads the section. */
    public static FleetConfig read(Section section) {
        ManagerConfig usual = ManagerConfig.defaults();
        ManagerConfig manager =
                usual.withLoadPatience(section.get(LOAD_TIMEOUT, usual.loadPatience()))
                        .withRoomPatience(section.get(ROOM_TIMEOUT, usual.roomPatience()))
                        .withMaxWaiting(section.get(MAX_WAITING_REQUESTS, usual.maxWaiting()))
                        .withRetryAfter(section.get(RETRY_AFTER, usual.retryAfter()));
        Optional<Long> budget = section.get(MEMORY_BUDGET);
        return new FleetConfig(
                budget.map(manager::withBudgetBytes).orElse(manager),
                priorities(section),
                section.get(MODEL_FOLDERS, List.of()).stream().map(Path::of).toList());
    }

    private static Map<String, Priority> priorities(Section section) {
        Map<String, Priority> classes = new LinkedHashMap<>();
        section.get(PRIORITIES, Map.of())
                .forEach((tier, word) -> classes.put(tier, priority(section, tier, word)));
        return classes;
    }

    private static Priority priority(Section section, String tier, String word) {
        try {
            return Priority.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw section.fault(
                    "priorities.%s must be standard, dedicated or enterprise, found '%s'"
                            .formatted(tier, word));
        }
    }
}
