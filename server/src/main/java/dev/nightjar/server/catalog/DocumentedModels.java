package dev.nightjar.server.catalog;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.catalog.CatalogEntry.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    static List<CatalogEntry> of(List<CatalogEntry> loaded) {
        List<CatalogEntry> entries = new ArrayList<>();
        loaded.stream()
                .flatMap(entry -> entry.model().stream())
                .limit(1)
                .forEach(model -> entries.addAll(texts(model)));
        Optional<EncoderModel> embedder =
                loaded.stream()
                        .filter(entry -> entry.task() == ModelTask.EMBED)
                        .flatMap(entry -> entry.encoder().stream())
                        .findFirst();
        if (embedder.isPresent() || !entries.isEmpty()) {
            entries.add(embedding(embedder));
        }
        return entries;
    }

    private static CatalogEntry embedding(Optional<EncoderModel> encoder) {
        return new CatalogEntry(
                "bluefly-embedding-1",
                ModelTask.EMBED,
                Optional.empty(),
                encoder,
                OptionalInt.of(8 * K),
                OptionalInt.empty(),
                "Text embedding",
                List.of("Vector embeddings for semantic search"),
                CHANNELS,
                ModelSampling.NONE);
    }

    private static List<CatalogEntry> texts(TextModel model) {
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
            TextModel model,
            String name,
            int maxInput,
            int maxOutput,
            String description,
            List<String> capabilities) {
        return new CatalogEntry(
                name,
                ModelTask.GENERATE,
                Optional.of(model),
                Optional.empty(),
                OptionalInt.of(maxInput),
                OptionalInt.of(maxOutput),
                description,
                capabilities,
                CHANNELS,
                ModelSampling.NONE);
    }
}
