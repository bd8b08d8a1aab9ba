package dev.nightjar.server.observe.live;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.catalog.ModelCatalog;
import java.util.HashMap;
import java.util.Map;

/**
 * All counters at one moment.
 *
 * @param nanos the moment, on the clock of {@link System#nanoTime}
 * @param requests answered so far
 * @param errors among them
 * @param models counters of models of text, by name
 * @param encoders counters of encoders, by name
 */
record Snapshot(
        long nanos,
        long requests,
        long errors,
        Map<String, EngineStats> models,
        Map<String, EncoderStats> encoders) {

    static Snapshot of(ModelCatalog catalog, long requests, long errors) {
        Map<String, EngineStats> models = new HashMap<>();
        for (TextModel model : catalog.loaded()) {
            models.merge(model.name(), model.stats(), EngineStats::plus);
        }
        Map<String, EncoderStats> encoders = new HashMap<>();
        for (EncoderModel encoder : catalog.encoders()) {
            encoders.put(encoder.name(), encoder.stats());
        }
        return new Snapshot(System.nanoTime(), requests, errors, models, encoders);
    }
}
