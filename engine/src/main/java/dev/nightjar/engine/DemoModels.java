package dev.nightjar.engine;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.tabular.TabularModel;

/** The small models that ship with the engine, as sources that can be loaded. */
public final class DemoModels {

    /** The name of the one that generates text. */
    public static final String TEXT = DemoModel.NAME;

    /** The name of the one of rows. */
    public static final String ROWS = DemoRows.NAME;

    private static final String ORIGIN = "ships with the engine";

    private DemoModels() {}

    /** The one that generates text. */
    public static ModelSource text(LoadOptions options) {
        return ModelSource.weights(ORIGIN, DemoModel::open, options);
    }

    /** The encoder for a task. */
    public static ModelSource encoder(EncoderTask task, LoadOptions options) {
        return ModelSource.weights(ORIGIN, () -> open(task), options);
    }

    /** The one of rows. */
    public static ModelSource rows(LoadOptions options) {
        return ModelSource.rows(ORIGIN, DemoRows::open, DemoRows::sizeBytes, options);
    }

    /** The one of rows by itself, on the threads of its callers. */
    public static TabularModel openRows() {
        return DemoRows.open();
    }

    /** Whether a model is one of them. */
    public static boolean isOne(ModelSource source) {
        return source.origin().equals(ORIGIN);
    }

    /** The name of the encoder for a task: {@code nightjar-demo-embed} and so on. */
    public static String name(EncoderTask task) {
        return DemoEncoders.name(task);
    }

    /**
     * Tensors and tokenizer are read from the jar after this, so it is closed with the checkpoint.
     */
    private static Checkpoint open(EncoderTask task) {
        DemoEncoders jar = new DemoEncoders();
        try {
            return new JarCheckpoint(jar.open(name(task)), jar::close);
        } catch (RuntimeException | Error damaged) {
            jar.close();
            throw damaged;
        }
    }
}
