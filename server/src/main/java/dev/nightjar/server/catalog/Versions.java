package dev.nightjar.server.catalog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stands behind a public name: one model without version, or numbered versions that channels
 * point to.
 *
 * @param single the model without version; empty if nothing answers, or if there are versions
 * @param models the engine's name of each version's model, by number
 * @param channels numbers by channel
 */
public record Versions(
        Optional<String> single,
        SortedMap<Integer, String> models,
        Map<Channel, Integer> channels) {

    /** Nothing, in one version that has two channels, as long as nothing of the task is served. */
    public static final Versions NONE =
            new Versions(Optional.empty(), Collections.emptySortedMap(), Map.of());

    /** Copies the maps and checks that channels point to versions. */
    public Versions {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        channels = Map.copyOf(channels);
        for (Map.Entry<Channel, Integer> channel : channels.entrySet()) {
            if (!models.containsKey(channel.getValue())) {
                throw new IllegalArgumentException(
                        "channel %s points to version %d, but there are only versions %s"
                                .formatted(
                                        channel.getKey().suffix(),
                                        channel.getValue(),
                                        models.keySet()));
            }
        }
    }

    /** One model without version. */
    public static Versions single(String model) {
        return new Versions(Optional.of(model), Collections.emptySortedMap(), Map.of());
    }

    /**
     * Numbered versions. Without a word on it the newest is both latest and stable, and legacy is
     * the oldest if there is an older one.
     */
    public static Versions numbered(
            SortedMap<Integer, String> models, Map<Channel, Integer> channels) {
        Map<Channel, Integer> all = new EnumMap<>(Channel.class);
        all.put(Channel.LATEST, models.lastKey());
        all.put(Channel.STABLE, models.lastKey());
        if (models.size() > 1) {
            all.put(Channel.LEGACY, models.firstKey());
        }
        all.putAll(channels);
        return new Versions(Optional.empty(), models, all);
    }

    /** With channels that point elsewhere; those not named stay. */
    Versions withChannels(Map<Channel, Integer> changes) {
        Map<Channel, Integer> all = new EnumMap<>(Channel.class);
        all.putAll(channels);
        all.putAll(changes);
        return new Versions(single, models, all);
    }

    /** With one more version; it becomes the latest if it is the newest, and nothing else. */
    Versions with(int number, String model) {
        SortedMap<Integer, String> more = new TreeMap<>(models);
        if (more.putIfAbsent(number, model) != null) {
            throw new IllegalArgumentException("there is a version %d already".formatted(number));
        }
        Map<Channel, Integer> changed = new EnumMap<>(Channel.class);
        changed.putAll(channels);
        changed.computeIfPresent(Channel.LATEST, (latest, now) -> Math.max(now, number));
        return new Versions(single, more, changed);
    }

    /** Without the versions that a model answers. */
    Versions without(String model) {
        SortedMap<Integer, String> rest = new TreeMap<>(models);
        rest.values().removeIf(model::equals);
        Map<Channel, Integer> pointing = new HashMap<>(channels);
        pointing.values().removeIf(number -> !rest.containsKey(number));
        if (!rest.isEmpty()) {
            pointing.putIfAbsent(Channel.STABLE, rest.lastKey());
        }
        return new Versions(single.filter(name -> !name.equals(model)), rest, pointing);
    }

    /** All versions of a name, the oldest first. */
    public List<Version> all(String name) {
        return models.isEmpty()
                ? List.of(new Version(name, single))
                : models.keySet().stream().map(number -> version(name, number)).toList();
    }

    /** What a name without version means. */
    Version standard(String name) {
        Integer stable = channels.get(Channel.STABLE);
        return stable == null ? new Version(name, single) : version(name, stable);
    }

    /** What a name with this suffix means: {@code v2}, {@code latest}. */
    Optional<Version> find(String name, String suffix) {
        return Stream.concat(models.keySet().stream(), channels.values().stream())
                .filter(number -> suffix.equals("v" + number))
                .findFirst()
                .or(() -> Channel.of(suffix).map(channels::get))
                .map(number -> version(name, number));
    }

    private Version version(String name, int number) {
        return new Version(name + "-v" + number, Optional.ofNullable(models.get(number)));
    }

    /** The engine's names of all models behind it. */
    List<String> modelNames() {
        return Stream.concat(single.stream(), models.values().stream()).distinct().toList();
    }
}
