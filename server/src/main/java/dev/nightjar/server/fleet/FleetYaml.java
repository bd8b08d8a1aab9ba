package dev.nightjar.server.fleet;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.lifecycle.ModelSpec.Loading;
import dev.nightjar.engine.lifecycle.ModelState;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.engine.lifecycle.Replicas;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The models as they are served now, in the words of the configuration file: what was changed since
 * the start is in it. What the file has no word for stands in comments.
 */
public final class FleetYaml {

    private final List<CatalogEntry> entries;
    private final ModelManager manager;
    private final StringBuilder yaml = new StringBuilder();

    private FleetYaml(ModelCatalog catalog, ModelManager manager) {
        this.entries = catalog.entries();
        this.manager = manager;
    }

    /** The list {@code models}, to be put into a file in the place of the one there. */
    public static String of(ModelCatalog catalog) {
        return catalog.manager()
                .map(manager -> new FleetYaml(catalog, manager).write())
                .orElse("models: []\n");
    }

    private String write() {
        List<CatalogEntry> own = entries.stream().filter(FleetYaml::isOwn).toList();
        yaml.append(own.isEmpty() ? "models: []\n" : "models:\n");
        own.forEach(this::write);
        return yaml.toString();
    }

    /**
     * The documented ids are there by themselves; they speak of models that have their own name.
     */
    private static boolean isOwn(CatalogEntry entry) {
        Versions versions = entry.versions();
        return entry.aliasOf().isEmpty()
                && (versions.single().filter(entry.name()::equals).isPresent()
                        || versions.models().entrySet().stream()
                                .anyMatch(v -> v.getValue().equals(name(entry, v.getKey()))));
    }

    private static String name(CatalogEntry entry, int number) {
        return entry.name() + "-v" + number;
    }

    private void write(CatalogEntry entry) {
        List<ModelStatus> models =
                entry.versions().all(entry.name()).stream()
                        .flatMap(version -> version.model().stream())
                        .flatMap(name -> manager.status(name).stream())
                        .toList();
        yaml.append("  - id: ").append(quoted(entry.name())).append('\n');
        line("task", entry.task().name().toLowerCase(Locale.ROOT));
        writePlaces(entry);
        writeAliases(entry.name());
        entry.maxInput().ifPresent(value -> line("max_input", value));
        entry.maxOutput().ifPresent(value -> line("max_output", value));
        models.stream().findFirst().ifPresent(this::writeSpec);
        writeSampling(entry.sampling());
        line("description", quoted(entry.description()));
        line("capabilities", list(entry.capabilities()));
        entry.route()
                .ifPresent(
                        route ->
                                line(
                                        "route",
                                        "{max_prompt_tokens: %d, to: %s}"
                                                .formatted(
                                                        route.maxTokens(),
                                                        quoted(route.target()))));
        models.forEach(this::noteState);
    }

    private void writePlaces(CatalogEntry entry) {
        Versions versions = entry.versions();
        versions.single().ifPresent(name -> line("path", path(name)));
        if (!versions.models().isEmpty()) {
            yaml.append("    versions:\n");
            versions.models()
                    .forEach(
                            (number, name) ->
                                    yaml.append(
                                            "      - {number: %d, path: %s}%n"
                                                    .formatted(number, path(name))));
            Map<String, Integer> channels = new TreeMap<>();
            versions.channels().forEach((one, number) -> channels.put(one.suffix(), number));
            line("channels", channels.toString().replace("=", ": "));
        }
    }

    private String path(String model) {
        return manager.status(model)
                .map(status -> status.spec().source())
                .map(source -> DemoModels.isOne(source) ? "demo" : quoted(source.origin()))
                .orElse("\"\"");
    }

    private void writeAliases(String name) {
        List<String> aliases =
                entries.stream()
                        .filter(entry -> entry.aliasOf().equals(Optional.of(name)))
                        .map(CatalogEntry::name)
                        .toList();
        if (!aliases.isEmpty()) {
            line("aliases", list(aliases));
        }
        entries.stream()
                .filter(entry -> entry.aliasOf().filter(id -> isVersion(id, name)).isPresent())
                .forEach(
                        entry ->
                                note(
                                        "alias %s stands for %s; an alias of the file stands for an id"
                                                .formatted(
                                                        quoted(entry.name()),
                                                        quoted(entry.aliasOf().get()))));
    }

    private static boolean isVersion(String id, String name) {
        return id.startsWith(name + "-") || id.startsWith(name + ":");
    }

    private void writeSpec(ModelStatus status) {
        ModelSpec spec = status.spec();
        line("load", spec.loading().name().toLowerCase(Locale.ROOT));
        spec.keepAlive().filter(Duration::isPositive).ifPresent(t -> line("keep_alive", time(t)));
        line("pinned", status.isPinned());
        if (!spec.replicas().equals(Replicas.FIXED)) {
            line(
                    "replicas",
                    "{min: %d, max: %d}".formatted(spec.replicas().min(), spec.replicas().max()));
        }
        writeOptions(spec.source());
    }

    /** Those that are as usual are left out. */
    private void writeOptions(ModelSource source) {
        LoadOptions usual = LoadOptions.defaults();
        LoadOptions options = source.options();
        options.maxContext().ifPresent(value -> line("max_context", value));
        options.kvBytes().ifPresent(value -> line("kv_memory", value));
        if (options.kvType() != usual.kvType()) {
            line("kv_type", options.kvType().name().toLowerCase(Locale.ROOT));
        }
        if (options.maxSequences() != usual.maxSequences()) {
            line("max_sequences", options.maxSequences());
        }
        if (options.maxQueued() != usual.maxQueued()) {
            line("max_queued", options.maxQueued());
        }
        if (!options.targetItl().equals(usual.targetItl())) {
            line("target_itl", time(options.targetItl()));
        }
        options.chatTemplate().ifPresent(name -> line("chat_template", quoted(name)));
        source.mixture()
                .ifPresent(types -> line("quantize", types.name().toLowerCase(Locale.ROOT)));
    }

    private void writeSampling(Optional<ModelSampling> sampling) {
        if (sampling.isEmpty()) {
            line("sampling_defaults", "model");
        } else if (!sampling.get().values().isEmpty()) {
            Map<String, String> values = new TreeMap<>();
            sampling.get()
                    .values()
                    .forEach(
                            (knob, value) ->
                                    values.put(
                                            knob.name().toLowerCase(Locale.ROOT),
                                            value == Math.rint(value)
                                                    ? Long.toString(value.longValue())
                                                    : value.toString()));
            line("sampling", values.toString().replace("=", ": "));
        }
    }

    /** A file says what starts, not what was stopped since. */
    private void noteState(ModelStatus status) {
        boolean isGone = status.state() == ModelState.UNLOADED;
        if (isGone && status.spec().loading() == Loading.EAGER) {
            note("%s is unloaded now; it starts loaded".formatted(quoted(status.name())));
        }
    }

    private void line(String key, Object value) {
        yaml.append("    ").append(key).append(": ").append(value).append('\n');
    }

    private void note(String text) {
        yaml.append("    # ").append(text).append('\n');
    }

    private static String time(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static String list(List<String> texts) {
        return texts.stream().map(FleetYaml::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A scalar in double quotes; what would end a line is written as an escape. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\').append((char) c);
                            } else if (c < ' ' || c == 0x7f || c == 0x85 || c >> 1 == 0x1014) {
                                quoted.append("\\u%04x".formatted(c));
                            } else {
                                quoted.append((char) c);
                            }
                        });
        return quoted.append('"').toString().replace("$", "$$"); // as one stands for a variable
    }
}
