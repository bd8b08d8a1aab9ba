package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.catalog.CatalogSource;
import dev.nightjar.server.cli.flags.EngineFlags;
import dev.nightjar.server.cli.flags.NamedModel;
import dev.nightjar.server.config.NightjarConfig;
import java.time.Duration;
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
                    "A GGUF file, a model folder, a file of XGBoost, LightGBM or scikit-learn, or a"
                            + " model of the store such as owner/name:Q4_K_M; may be given several times; default: the demo"
                            + " models.")
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
                            + " default: dialect, but model for the demo models.")
    private SamplingSource samplingSource;

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

    @Option(
            names = "--target-itl",
            paramLabel = "MILLISECONDS",
            description =
                    "How long running streams should wait for their next token when prompts are"
                            + " computed beside them; shorter means smaller chunks of prompts, whose"
                            + " first tokens come later where many streams run; default: 200.")
    private Integer targetItl;

    /** A builder with all models, those of the file if no flag names one; loads nothing yet. */
    Engine.Builder engine(NightjarConfig file) {
        Engine.Builder builder = engineFlags.engine(loadOptions()).manager(file.engine().manager());
        if (isOfFile(file)) {
            LoadOptions base = engineFlags.refined(loadOptions());
            file.models()
                    .models()
                    .forEach(model -> model.specs().apply(base).forEach(builder::add));
        } else if (models.isEmpty()) {
            builder.demoModel().demoEncoders().demoRows();
        }
        models.forEach(model -> model.addTo(builder));
        return builder;
    }

    private boolean isOfFile(NightjarConfig file) {
        return models.isEmpty() && !file.models().models().isEmpty();
    }

    /**
     * The names of models, which the file gives if no flag names a model.
     *
     * @throws ParameterException if an alias is for another model, or flags are for other models
     *     than those of the file
     */
    CatalogSource catalog(NightjarConfig file, List<String> known, CommandLine command) {
        if (!isOfFile(file)) {
            return catalog(known, command);
        }
        if (!aliases.isEmpty() || samplingSource == SamplingSource.MODEL) {
            throw new ParameterException(
                    command,
                    "the configuration file names the models; write aliases and sampling_defaults"
                            + " there, or give models by --model");
        }
        return file.models();
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
        return isSampledAsFilesSuggest() ? named.withModelSampling() : named;
    }

    /** The demo model is too small for the dialects' usual temperature of 1. */
    private boolean isSampledAsFilesSuggest() {
        return samplingSource == null ? models.isEmpty() : samplingSource == SamplingSource.MODEL;
    }

    private LoadOptions loadOptions() {
        LoadOptions options = LoadOptions.defaults();
        if (maxBatchedTokens != null) {
            options = options.withMaxBatchedTokens(maxBatchedTokens);
        }
        if (maxSequences != null) {
            options = options.withMaxSequences(maxSequences);
        }
        if (targetItl != null) {
            options = options.withTargetItl(Duration.ofMillis(targetItl));
        }
        return maxQueued == null ? options : options.withMaxQueued(maxQueued);
    }
}
