package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.text.TextModel;

/**
 * The one model of a command, which has to be of its kind; errors name the command that suits it.
 */
public final class ModelKind {

    private ModelKind() {}

    /**
     * The model of text.
     *
     * @throws IllegalStateException if it is an encoder
     */
    public static TextModel requireText(Engine engine) {
        if (engine.models().isEmpty()) {
            EncoderModel encoder = engine.encoders().getFirst();
            throw new IllegalStateException(
                    "model %s generates no text, it is an encoder that %s"
                            .formatted(encoder.name(), use(task(encoder))));
        }
        return engine.model();
    }

    /**
     * The encoder with a head for this task.
     *
     * @throws IllegalStateException if it has another head or generates text
     */
    public static EncoderModel requireEncoder(Engine engine, EncoderTask task) {
        if (engine.encoders().isEmpty()) {
            throw new IllegalStateException(
                    "model %s is no encoder, it generates text; use nightjar run or nightjar chat"
                            .formatted(engine.model().name()));
        }
        EncoderModel encoder = engine.encoders().getFirst();
        if (!encoder.tasks().contains(task)) {
            throw new IllegalStateException(
                    "model %s is an encoder that %s".formatted(encoder.name(), use(task(encoder))));
        }
        return encoder;
    }

    private static EncoderTask task(EncoderModel encoder) {
        return encoder.tasks().iterator().next();
    }

    private static String use(EncoderTask task) {
        return switch (task) {
            case EMBED -> "makes vectors of texts; use nightjar embed";
            case RERANK -> "scores texts for a query; use nightjar rerank";
            case CLASSIFY -> "labels texts; use nightjar classify";
        };
    }
}
