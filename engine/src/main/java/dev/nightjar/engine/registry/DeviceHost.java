package dev.nightjar.engine.registry;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.lifecycle.ModelHost;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.MemoryPlanner;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.kernels.backend.Backend;

/**
 * Loads models and encoders onto the device of one loop, and models of rows beside it. Safe for use
 * by several threads.
 */
public final class DeviceHost implements ModelHost {

    /** Loading less takes less time than compiling kernels, which would only delay it. */
    private static final long LARGE_BYTES = 1L << 27;

    private final EngineLoop loop;
    private final WarmUp warmUp;
    private final Rehearsing rehearsing;
    private final ModelLoader models;
    private final EncoderLoader encoders;

    /** When kernels are compiled ahead. */
    public enum Rehearsing {
        /** Already while a large model is being loaded, which hides it. */
        WHILE_LOADING,
        /** Once the warm-up is started. */
        WHEN_STARTED
    }

    /** Loads onto the loop's device; what has to be compiled for a model goes to the warm-up. */
    public DeviceHost(
            EngineLoop loop, MemoryPlanner planner, WarmUp warmUp, Rehearsing rehearsing) {
        this.loop = loop;
        this.warmUp = warmUp;
        this.rehearsing = rehearsing;
        models = new ModelLoader(loop, planner, warmUp);
        encoders = new EncoderLoader(loop, warmUp);
    }

    @Override
    public long plannedBytes(ModelSource source) {
        return switch (source.content()) {
            case ModelSource.Weights weights -> plannedBytes(source, weights);
            case ModelSource.Rows rows -> rows.sizeBytes().open();
        };
    }

    private long plannedBytes(ModelSource source, ModelSource.Weights weights) {
        try (Checkpoint checkpoint = source.open(weights)) {
            return EncoderLoader.isEncoder(checkpoint)
                    ? checkpoint.weightBytes()
                    : models.plan(checkpoint, source.options()).totalBytes();
        }
    }

    @Override
    public ModelInstance load(String name, ModelSource source) {
        return switch (source.content()) {
            case ModelSource.Weights weights -> load(name, source, weights);
            case ModelSource.Rows rows -> load(name, source, rows);
        };
    }

    /** These need nothing of the device. */
    private static ModelInstance load(String name, ModelSource source, ModelSource.Rows rows) {
        RowModel model = new RowModel(name, rows.opener().open(), source.options().maxQueued());
        return new HostedRows(model, rows.sizeBytes().open());
    }

    private ModelInstance load(String name, ModelSource source, ModelSource.Weights weights) {
        Checkpoint checkpoint = source.open(weights);
        Backend memory = loop.backend().forModel();
        try {
            if (rehearsing == Rehearsing.WHILE_LOADING && checkpoint.weightBytes() >= LARGE_BYTES) {
                warmUp.begin();
            }
            return EncoderLoader.isEncoder(checkpoint)
                    ? encoders.load(name, checkpoint, memory, source.options())
                    : models.load(name, checkpoint, memory, source.options());
        } catch (RuntimeException | Error failure) {
            memory.close();
            checkpoint.close();
            throw failure;
        }
    }
}
