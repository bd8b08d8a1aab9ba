package dev.nightjar.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.lifecycle.ModelSpec.Loading;
import dev.nightjar.engine.lifecycle.Replicas;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.Priority;
import dev.nightjar.engine.request.SamplingKnob;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.Channel;
import dev.nightjar.server.catalog.KnownModel;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.config.NightjarConfig;
import dev.nightjar.server.yaml.ConfigException;
import dev.nightjar.server.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetTest {

    @TempDir private Path folder;

    private NightjarConfig read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("nightjar.yaml"), yaml);
        return NightjarConfig.of(YamlFile.read(file, NightjarConfig.KEYS));
    }

    @Test
    void everythingThatCanBeSaid() throws IOException {
        Path gguf = Files.createFile(folder.resolve("m.gguf"));
        NightjarConfig config =
                read(
                        """
                        engine:
                          memory_budget: 3G
                          max_waiting: 7
                          model_folders: [/srv/models]
                          priorities: {gold: enterprise}
                        models:
                          - id: m
                            task: generate
                            versions: [{number: 1, path: demo}, {number: 3, path: "%s"}]
                            channels: {stable: 1}
                            aliases: [other]
                            max_input: 100
                            max_output: 50
                            load: lazy
                            keep_alive: 5m
                            pinned: true
                            replicas: {min: 2, max: 4}
                            device: cpu
                            kv_memory: 64M
                            kv_type: q8_0
                            max_sequences: 8
                            target_itl: 350ms
                            quantize: q4_0
                            sampling: {temperature: 0.3}
                            description: A model
                            capabilities: [words]
                            route: {max_prompt_tokens: 64, to: small}
                          - {id: small, path: demo}
                        """
                                .formatted(gguf));
        assertEquals(OptionalLong.of(3L << 30), config.engine().manager().budgetBytes());
        assertEquals(7, config.engine().manager().maxWaiting());
        assertEquals(Map.of("gold", Priority.ENTERPRISE), config.engine().priorities());
        FleetModel model = config.models().models().getFirst();
        List<ModelSpec> specs = model.specs().apply(LoadOptions.defaults().withMaxContext(9));
        assertEquals(List.of("m-v1", "m-v3"), specs.stream().map(ModelSpec::name).toList());
        ModelSpec spec = specs.getLast();
        assertEquals(Loading.LAZY, spec.loading());
        assertEquals(Optional.of(Duration.ofMinutes(5)), spec.keepAlive());
        assertTrue(spec.isPinned());
        assertEquals(new Replicas(2, 4), spec.replicas());
        assertEquals(Optional.of(Mixture.Q4_0), spec.source().mixture());
        LoadOptions options = spec.source().options();
        assertEquals(OptionalInt.of(9), options.maxContext(), "of all models");
        assertEquals(OptionalLong.of(64L << 20), options.kvBytes());
        assertEquals(KvType.Q8_0, options.kvType());
        assertEquals(8, options.maxSequences());
        assertEquals(Duration.ofMillis(350), options.targetItl());
        CatalogEntry entry = model.entry();
        assertEquals(
                Map.of(Channel.STABLE, 1, Channel.LATEST, 3, Channel.LEGACY, 1), entry.channels());
        assertEquals(OptionalInt.of(100), entry.maxInput());
        assertEquals(
                Map.of(SamplingKnob.TEMPERATURE, 0.3), entry.sampling().orElseThrow().values());
        assertEquals(64, entry.route().orElseThrow().maxTokens());
    }

    /** The documented ids are there unless the operator has entries of these names. */
    @Test
    void documentedIdsComeBehind() throws IOException {
        NightjarConfig config =
                read(
                        """
                        models:
                          - {id: mine, path: demo}
                          - {id: bluefly-code-1, path: demo, max_output: 5}
                        """);
        List<CatalogEntry> entries =
                config.models()
                        .entries(
                                List.of(
                                        new KnownModel(
                                                "mine", Optional.of(ModelTask.GENERATE), "")));
        List<String> names = entries.stream().map(CatalogEntry::name).toList();
        assertEquals("mine", names.getFirst());
        assertTrue(names.containsAll(List.of("bluefly-text-1", "bluefly-embedding-1")));
        CatalogEntry code =
                entries.stream()
                        .filter(entry -> entry.name().equals("bluefly-code-1"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(OptionalInt.of(5), code.maxOutput());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: m} | either path or versions, found neither",
                "{path: demo} | id is missing",
                "{id: m, path: /no/such/file} | found no '/no/such/file'",
                "{id: m, path: demo, device: cuda} | one device serves all",
                "{id: m, path: demo, device: 'cuda:1'} | choose it with --device cuda:1",
                "{id: m, path: demo, device: 'gpu'} | one of auto, cpu, cuda, cuda:N, found 'gpu'",
                "{id: m, path: demo, chanels: {stable: 1}} | did you mean 'channels'?",
                "{id: m, path: demo, channels: {stable: 1}} | channels need versions",
                "{id: m, versions: [{number: 1, path: demo}], channels: {stable: 2}} | versions"
                        + " [1]",
                "{id: m, versions: [{number: 1, path: demo}], channels: {beta: 1}} | found 'beta'",
                "{id: m, path: demo, replicas: {min: 3, max: 2}} | min must be at most max",
                "{id: m, path: demo, sampling: {temperature: hot}} | are numbers, found 'hot'",
                "{id: m, path: demo, sampling: {heat: 1}} | found 'heat'",
                "{id: m, path: demo, sampling_defaults: file} | dialect or model, found 'file'",
                "{id: m, path: demo, route: {max_prompt_tokens: 9, to: smal}} | leads to 'smal'; known"
                        + " are [m]",
                "{id: m, path: demo, task: embed, route: {max_prompt_tokens: 9, to: m}} | of text"
                        + " models",
                "{id: m, path: demo, task: predict, kv_memory: 1M} | kv_memory is for models of text",
                "{id: m, path: demo, task: predict, max_input: 5} | max_input is for models of text",
                "{id: m, path: demo, aliases: [m]} | two models or aliases are named 'm'",
            })
    void faultsAreNamed(String model, String message) {
        ConfigException fault =
                assertThrows(ConfigException.class, () -> read("models: [" + model + "]"));
        assertTrue(fault.getMessage().contains(message), fault::getMessage);
    }

    /** Its file says so before it is loaded. */
    @Test
    void aModelOfRowsNeedsNoTask() throws IOException {
        Path file = Files.writeString(folder.resolve("fraud.json"), "{\"learner\":{}}");
        FleetModel model =
                read("models: [{id: fraud, load: lazy, max_queued: 9, path: '" + file + "'}]")
                        .models()
                        .models()
                        .getFirst();
        assertEquals(Optional.of(ModelTask.PREDICT), model.task());
        ModelSpec spec = model.specs().apply(LoadOptions.defaults()).getFirst();
        assertTrue(spec.source().isOfRows());
        assertEquals(9, spec.source().options().maxQueued());
        ConfigException fault =
                assertThrows(
                        ConfigException.class,
                        () -> read("models: [{id: m, task: embed, path: '" + file + "'}]"));
        assertTrue(fault.getMessage().contains("go together"), fault::getMessage);
    }
}
