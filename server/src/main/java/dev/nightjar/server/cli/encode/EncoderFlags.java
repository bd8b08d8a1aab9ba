package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.cli.flags.ComputeFlags;
import dev.nightjar.server.cli.flags.NamedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An encoder and what computes it. */
final class EncoderFlags {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            required = true,
            description =
                    "An encoder: a GGUF file, a model folder, or a model of the store such as"
                            + " owner/name.")
    private NamedModel model;

    @Mixin private ComputeFlags computeFlags = new ComputeFlags();

    /** Loads the model, whatever its kind. */
    Engine open() {
        Engine.Builder engine = computeFlags.engine();
        model.addTo(engine);
        return engine.open();
    }
}
