package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.text.TextModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One model and how it is put into service, for the commands that use a model themselves. */
public final class ModelFlags {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description =
                    "A GGUF file, a model folder, or a model of the store such as owner/name:Q4_K_M; default: the"
                            + " small demo model.")
    private NamedModel model;

    @Mixin private EngineFlags engineFlags = new EngineFlags();

    /** Loads the model for one user: a single sequence. */
    public Engine open() {
        return open(LoadOptions.defaults().withMaxSequences(1));
    }

    /** Loads the model with options that flags may change. */
    public Engine open(LoadOptions defaults) {
        Engine.Builder engine = engineFlags.engine(defaults);
        if (model == null) {
            engine.demoModel();
        } else {
            model.addTo(engine);
        }
        return engine.open();
    }

    /** {@link #open()} where activations are exact unless the user says otherwise. */
    public Engine openExact() {
        engineFlags.preferExact();
        return open();
    }

    /** {@link #open(LoadOptions)} where activations are exact unless the user says otherwise. */
    public Engine openExact(LoadOptions defaults) {
        engineFlags.preferExact();
        return open(defaults);
    }

    /** An error that says what to do where a model does not know how conversations are written. */
    public static void requireChat(TextModel model, String hint) {
        if (!model.canChat()) {
            throw new IllegalStateException(
                    "model %s has no chat template; %s".formatted(model.name(), hint));
        }
    }
}
