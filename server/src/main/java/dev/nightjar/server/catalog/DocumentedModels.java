package dev.nightjar.server.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The ids of Bluefly's documentation with its limits and descriptions. They are entries of the
 * default configuration: whatever model of the task the operator serves first answers under them.
 */
public final class DocumentedModels {

    private static final int K = 1024;
    private static final Map<Channel, Integer> CHANNELS =
            Map.of(Channel.LEGACY, 1, Channel.STABLE, 2, Channel.LATEST, 2);

    private DocumentedModels() {}

    /**
     * The entries, answered by the first of these models for each task. Without a text model there
     * are none of text.
     */
    public static List<CatalogEntry> of(List<CatalogEntry> own) {
        List<CatalogEntry> entries = new ArrayList<>();
        Optional<String> text = first(own, ModelTask.GENERATE);
        Optional<String> embedder = first(own, ModelTask.EMBED);
        text.ifPresent(model -> entries.addAll(texts(model)));
        if (embedder.isPresent() || !entries.isEmpty()) {
            entries.add(embedding(embedder));
        }
        return entries;
    }

    /** The engine's name of the first model for a task. */
    private static Optional<String> first(List<CatalogEntry> own, ModelTask task) {
        return own.stream()
                .filter(entry -> entry.task() == task)
                .flatMap(entry -> entry.versions().standard(entry.name()).model().stream())
                .findFirst();
    }

    /** Both documented versions. */
    private static Versions versions(String model) {
        return Versions.numbered(new TreeMap<>(Map.of(1, model, 2, model)), CHANNELS);
    }

    /** Known even where no encoder is served, so that clients are told so. */
    private static CatalogEntry embedding(Optional<String> encoder) {
        return CatalogEntry.of(
                        "bluefly-embedding-1",
                        ModelTask.EMBED,
                        encoder.map(DocumentedModels::versions).orElse(Versions.NONE),
                        "Text embedding",
                        List.of("Vector embeddings for semantic search"))
                .withLimits(OptionalInt.of(8 * K), OptionalInt.empty());
    }

    private static List<CatalogEntry> texts(String model) {
        return List.of(
                text(
                        model,
                        "bluefly-text-1",
                        4 * K,
                        4 * K,
                        "General text processing",
                        List.of("Text generation", "summarization", "classification")),
                text(
                        model,
                        "bluefly-text-1-long",
                        16 * K,
                        4 * K,
                        "Extended context text processing",
                        List.of("Text generation with long context")),
                text(
                        model,
                        "bluefly-doc-1",
                        32 * K,
                        4 * K,
                        "Document processing",
                        List.of("Document analysis", "information extraction")),
                text(
                        model,
                        "bluefly-code-1",
                        8 * K,
                        8 * K,
                        "Code processing",
                        List.of("Code generation", "explanation", "review")));
    }

    private static CatalogEntry text(
            String model,
            String name,
            int maxInput,
            int maxOutput,
            String description,
            List<String> capabilities) {
        return CatalogEntry.of(name, ModelTask.GENERATE, versions(model), description, capabilities)
                .withLimits(OptionalInt.of(maxInput), OptionalInt.of(maxOutput));
    }
}
