package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.server.cli.flags.ComputeFlags;
import dev.nightjar.server.cli.flags.NamedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An encoder and what computes it. */
final class EncoderFlags {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description =
                    "An encoder: a GGUF file, a model folder, or a model of the store such as"
                            + " owner/name; default: the small demo encoder.")
    private NamedModel model;

    @Mixin private ComputeFlags computeFlags = new ComputeFlags();

    /**
     * Loads the model, whatever its kind.
     *
     * @param task which of the demo encoders it is where no model is named
     */
    Engine open(EncoderTask task) {
        Engine.Builder engine = computeFlags.engine();
        if (model == null) {
            engine.demoEncoder(task);
        } else {
            model.addTo(engine);
        }
        return engine.open();
    }
}
