package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.catalog.CatalogSource;
import dev.nightjar.server.cli.flags.EngineFlags;
import dev.nightjar.server.cli.flags.NamedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which models the server serves, under which names, and how many sequences at a time. */
final class ServedModelFlags {

    @Mixin private EngineFlags engineFlags = new EngineFlags();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "[NAME=]MODEL",
            description =
                    "A GGUF file, a model folder, or a model of the store such as owner/name:Q4_K_M; may be given"
                            + " several times; default: the demo models.")
    private List<NamedModel> models = new ArrayList<>();

    @Option(
            names = "--alias",
            paramLabel = "NAME=MODEL",
            description =
                    "Another name for one of the models, such as gpt-4o=nightjar-demo; may be given"
                            + " several times.")
    private Map<String, String> aliases = new LinkedHashMap<>();

    @Option(
            names = "--sampling-defaults",
            paramLabel = "SOURCE",
            description =
                    "How to sample where a request says nothing: dialect, as the API documents it,"
                            + " or model, as generation_config.json or the GGUF file suggests;"
                            + " default: dialect.")
    private SamplingSource samplingSource = SamplingSource.DIALECT;

    /** Whose defaults go first. */
    private enum SamplingSource {
        DIALECT,
        MODEL
    }

    @Option(
            names = "--max-batched-tokens",
            paramLabel = "N",
            description = "Most tokens computed in one step.")
    private Integer maxBatchedTokens;

    @Option(
            names = "--max-sequences",
            paramLabel = "N",
            description = "Most sequences that run at the same time; others wait.")
    private Integer maxSequences;

    @Option(
            names = "--max-queued",
            paramLabel = "N",
            description = "Most sequences that wait; others are refused.")
    private Integer maxQueued;

    /** A builder with all models; loads nothing yet. */
    Engine.Builder engine() {
        Engine.Builder builder = engineFlags.engine(loadOptions());
        if (models.isEmpty()) {
            builder.demoModel().demoEncoders();
        }
        models.forEach(model -> model.addTo(builder));
        return builder;
    }

    /**
     * The names of models.
     *
     * @param known names of the models that will be loaded
     * @throws ParameterException if an alias is for another model, or is a model's name
     */
    CatalogSource catalog(List<String> known, CommandLine command) {
        aliases.forEach(
                (alias, model) -> {
                    if (!known.contains(model)) {
                        throw new ParameterException(
                                command,
                                "--alias %s=%s: no model is named '%s'; named are %s"
                                        .formatted(alias, model, model, known));
                    }
                    if (alias.isBlank() || known.contains(alias)) {
                        throw new ParameterException(
                                command,
                                "--alias %s=%s: '%s' cannot be another name; take one that no model"
                                                .formatted(alias, model, alias)
                                        + " has");
                    }
                });
        CatalogSource named = CatalogSource.withAliases(aliases);
        return samplingSource == SamplingSource.MODEL ? named.withModelSampling() : named;
    }

    private LoadOptions loadOptions() {
        LoadOptions options = LoadOptions.defaults();
        if (maxBatchedTokens != null) {
            options = options.withMaxBatchedTokens(maxBatchedTokens);
        }
        if (maxSequences != null) {
            options = options.withMaxSequences(maxSequences);
        }
        return maxQueued == null ? options : options.withMaxQueued(maxQueued);
    }
}
