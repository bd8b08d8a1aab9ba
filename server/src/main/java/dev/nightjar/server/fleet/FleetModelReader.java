package dev.nightjar.server.fleet;

import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.lifecycle.ModelSpec.Loading;
import dev.nightjar.engine.lifecycle.Replicas;
import dev.nightjar.kernels.backend.DeviceChoice;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.Channel;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ShortRoute;
import dev.nightjar.server.catalog.Versions;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads an element of the list {@code models}. */
public final class FleetModelReader {

    private static final int MANY = 1_000_000_000;

    private static final Key<String> ID = Key.text("id", "The name that clients use.");
    private static final Key<ModelTask> TASK =
            Key.word(
                    "task",
                    ModelTask.class,
                    "What it is for. Files tell it once they are loaded, those of models of rows"
                            + " before; needed for an encoder that is loaded lazily.");
    private static final Key<String> PATH =
            Key.text(
                    "path",
                    "A GGUF file, a model folder, a file of XGBoost, LightGBM or scikit-learn, a"
                            + " model of the store such as owner/name:Q4_K_M, or demo for the small"
                            + " one that ships with Nightjar.");
    private static final Key<Integer> NUMBER =
            Key.integer("number", 1, MANY, "Its number N; clients write ID-vN.");
    private static final Key<List<Section>> VERSIONS =
            Key.sections(
                    "versions",
                    KeySet.of(NUMBER, PATH),
                    "Numbered versions, each with a model of its own, instead of a path.");
    private static final Key<Map<String, Long>> CHANNELS =
            Key.integersByName(
                    "channels",
                    1,
                    "Version numbers of latest, stable and legacy. The id alone means stable;"
                            + " without it latest and stable are the newest version, legacy is the"
                            + " oldest.");
    private static final Key<List<String>> ALIASES = Key.texts("aliases", "Other names of it.");
    private static final Key<Integer> MAX_INPUT =
            Key.integer(
                    "max_input",
                    1,
                    MANY,
                    "Most tokens of a prompt; what the model takes without it, and never more.");
    private static final Key<Integer> MAX_OUTPUT =
            Key.integer(
                    "max_output",
                    1,
                    MANY,
                    "Most tokens of a completion; what the model takes without it.");
    private static final Key<Loading> LOAD =
            Key.word(
                    "load",
                    Loading.class,
                    "eager loads it at the start, lazy with the first request; eager without it.");
    private static final Key<Duration> KEEP_ALIVE =
            Key.duration(
                    "keep_alive",
                    "Unload it after so long without a request; never without it. The next request"
                            + " loads it again.");
    private static final Key<Boolean> PINNED =
            Key.bool("pinned", "Whether it stays in memory whatever else wants in.");
    private static final Key<Integer> MIN =
            Key.integer("min", 1, MANY, "Replicas that a loaded model has; 1 without it.");
    private static final Key<Integer> MAX =
            Key.integer(
                    "max",
                    1,
                    MANY,
                    "Replicas that all its sequences are divided into; 1 without it.");
    private static final Key<Section> REPLICAS =
            Key.section(
                    "replicas",
                    KeySet.of(MIN, MAX),
                    "How far it grows while requests queue, and shrinks when it is calm.");
    private static final Key<DeviceChoice> DEVICE =
            Key.parsed(
                    "device",
                    "auto, cpu, cuda, cuda:N",
                    DeviceChoice::parse,
                    "Where it is computed; auto without it.");
    private static final Key<String> SAMPLING_DEFAULTS =
            Key.text(
                    "sampling_defaults",
                    "How it samples where a request says nothing: dialect, as the API documents it,"
                            + " or model, as its files suggest; dialect without it.");
    private static final Key<Map<String, String>> SAMPLING =
            Key.textsByName(
                    "sampling",
                    "Values that go before those defaults: temperature, top_k, top_p, min_p,"
                            + " typical_p, repetition_penalty, repetition_window.");
    private static final Key<String> DESCRIPTION = Key.text("description", "For people.");
    private static final Key<List<String>> CAPABILITIES =
            Key.texts("capabilities", "For people, a word or two each.");
    private static final Key<Integer> ROUTE_TOKENS =
            Key.integer(
                    "max_prompt_tokens",
                    1,
                    MANY,
                    "Most tokens of a prompt that goes there, as the smaller model counts them.");
    private static final Key<String> ROUTE_TO =
            Key.text("to", "Id of the smaller model; X-Model-Version tells clients.");
    private static final Key<Section> ROUTE =
            Key.section(
                    "route",
                    KeySet.of(ROUTE_TOKENS, ROUTE_TO),
                    "Send short prompts to a smaller model of text; none are without it.");

    /** What an element may hold. */
    public static final KeySet KEYS = keys();

    private FleetModelReader() {}

    private static KeySet keys() {
        List<Key<?>> keys =
                new ArrayList<>(
                        List.of(
                                ID,
                                TASK,
                                PATH,
                                VERSIONS,
                                CHANNELS,
                                ALIASES,
                                MAX_INPUT,
                                MAX_OUTPUT,
                                LOAD,
                                KEEP_ALIVE,
                                PINNED,
                                REPLICAS,
                                DEVICE));
        keys.addAll(ModelOptions.KEYS.keys());
        keys.addAll(List.of(SAMPLING_DEFAULTS, SAMPLING, DESCRIPTION, CAPABILITIES, ROUTE));
        return new KeySet(keys);
    }

    /**
     * Reads a model. Its files have to be there; they are not opened.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if it cannot be used
     */
    public static FleetModel read(Section section) {
        DeviceChoice device = section.get(DEVICE, DeviceChoice.AUTO);
        if (device.isCuda()) {
            throw section.fault(
                    "device %1$s: one device serves all models; choose it with --device %1$s"
                            .formatted(device));
        }
        String id = section.require(ID);
        Optional<ModelTask> said = section.get(TASK);
        if (section.has(ROUTE) && said.orElse(ModelTask.GENERATE) != ModelTask.GENERATE) {
            throw section.fault(
                    "route sends prompts of text models; found one at a model for "
                            + said.get().word());
        }
        Map<String, String> paths = paths(section, id);
        ModelOptions options = ModelOptions.read(section);
        Map<String, ModelSpec> specs = new LinkedHashMap<>();
        paths.forEach(
                (name, path) ->
                        specs.put(name, spec(section, name, options.source(section, path, said))));
        Optional<ModelTask> task = task(section, said, specs);
        return new FleetModel(
                entry(section, id, task),
                task,
                section.get(ALIASES, List.of()),
                base ->
                        specs.values().stream()
                                .map(spec -> spec.withSource(options.over(base, spec.source())))
                                .toList());
    }

    /** What was said, or what files of rows tell before they are loaded. */
    private static Optional<ModelTask> task(
            Section section, Optional<ModelTask> said, Map<String, ModelSpec> specs) {
        boolean isOfRows = specs.values().stream().allMatch(spec -> spec.source().isOfRows());
        boolean hasRows = specs.values().stream().anyMatch(spec -> spec.source().isOfRows());
        if (isOfRows != hasRows
                || said.isPresent() && hasRows != (said.get() == ModelTask.PREDICT)) {
            throw section.fault(
                    "task predict and models of rows go together, in all versions of a model: set"
                            + " task to predict or leave it out where its files are of XGBoost,"
                            + " LightGBM or scikit-learn, and nowhere else");
        }
        if (!hasRows) {
            return said;
        }
        for (Key<?> key : List.of(MAX_INPUT, MAX_OUTPUT, SAMPLING, SAMPLING_DEFAULTS, ROUTE)) {
            ModelOptions.requireAbsent(section, key);
        }
        return Optional.of(ModelTask.PREDICT);
    }

    /** Paths by the engine's name of the model: the id, or one for each version. */
    private static Map<String, String> paths(Section section, String id) {
        List<Section> versions = section.sections(VERSIONS);
        if (section.has(PATH) == !versions.isEmpty()) {
            throw section.fault(
                    "a model needs either path or versions, found "
                            + (section.has(PATH) ? "both" : "neither"));
        }
        Map<String, String> paths = new LinkedHashMap<>();
        section.get(PATH).ifPresent(path -> paths.put(id, path));
        for (Section version : versions) {
            String name = id + "-v" + version.require(NUMBER);
            if (paths.putIfAbsent(name, version.require(PATH)) != null) {
                throw version.fault("there is a version of this number already");
            }
        }
        return paths;
    }

    private static ModelSpec spec(Section section, String name, ModelSource source) {
        Section replicas = section.section(REPLICAS);
        int max = replicas.get(MAX, Math.max(1, replicas.get(MIN, 1)));
        int min = replicas.get(MIN, 1);
        if (min > max) {
            throw replicas.fault("min must be at most max, found %d and %d".formatted(min, max));
        }
        return new ModelSpec(
                name,
                source,
                section.get(LOAD, Loading.EAGER),
                section.get(KEEP_ALIVE),
                section.get(PINNED, false),
                new Replicas(min, max));
    }

    private static CatalogEntry entry(Section section, String id, Optional<ModelTask> task) {
        ModelTask known = task.orElse(ModelTask.GENERATE);
        return CatalogEntry.of(
                        id,
                        known,
                        versions(section, id),
                        section.get(DESCRIPTION, "model '%s'".formatted(id)),
                        section.get(CAPABILITIES, List.of(known.word())))
                .withLimits(limit(section, MAX_INPUT), limit(section, MAX_OUTPUT))
                .withSampling(
                        SamplingWords.read(
                                section,
                                section.get(SAMPLING_DEFAULTS, "dialect"),
                                section.get(SAMPLING, Map.of())))
                .withRoute(section.get(ROUTE).map(FleetModelReader::route));
    }

    private static ShortRoute route(Section section) {
        return new ShortRoute(section.require(ROUTE_TOKENS), section.require(ROUTE_TO));
    }

    private static OptionalInt limit(Section section, Key<Integer> key) {
        return section.get(key).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Versions versions(Section section, String id) {
        List<Section> versions = section.sections(VERSIONS);
        Map<Channel, Integer> channels = channels(section);
        if (versions.isEmpty()) {
            if (!channels.isEmpty()) {
                throw section.fault("channels need versions to point to, found none");
            }
            return Versions.single(id);
        }
        TreeMap<Integer, String> models = new TreeMap<>();
        versions.forEach(
                version -> {
                    int number = version.require(NUMBER);
                    models.put(number, id + "-v" + number);
                });
        try {
            return Versions.numbered(models, channels);
        } catch (IllegalArgumentException nowhere) {
            throw section.fault(nowhere.getMessage());
        }
    }

    private static Map<Channel, Integer> channels(Section section) {
        Map<Channel, Integer> channels = new EnumMap<>(Channel.class);
        section.get(CHANNELS, Map.of())
                .forEach(
                        (word, number) ->
                                channels.put(channel(section, word), Math.toIntExact(number)));
        return channels;
    }

    private static Channel channel(Section section, String word) {
        return Channel.of(word)
                .orElseThrow(
                        () ->
                                section.fault(
                                        "channels are latest, stable and legacy, found '%s'"
                                                .formatted(word)));
    }
}
