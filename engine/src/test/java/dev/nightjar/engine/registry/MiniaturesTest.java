package dev.nightjar.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.ComputeBackends;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.warmup.EncoderMiniature;
import dev.nightjar.engine.warmup.EncoderRehearsal;
import dev.nightjar.engine.warmup.Miniature;
import dev.nightjar.engine.warmup.Rehearsal;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every architecture and every type of weights can be rehearsed in small. */
class MiniaturesTest {

    static Stream<Path> models() throws IOException {
        Path own = Path.of("src", "test", "resources", "dev", "nightjar", "engine", "golden");
        return Stream.concat(
                        files(own, ".gguf"),
                        files(SharedFiles.get("golden"), "")
                                .map(folder -> folder.resolve("model.gguf")))
                .filter(Files::exists)
                .filter(MiniaturesTest::isDecoder);
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }

    private static boolean isDecoder(Path file) {
        return !file.getParent().getFileName().toString().contains("bert");
    }

    private static Miniature miniature(Checkpoint checkpoint) {
        return Miniature.of(
                "small",
                Architectures.of(checkpoint.architecture()),
                checkpoint.config(),
                checkpoint.weights());
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyStepRuns(Path model) {
        ComputeBackends.require("vector");
        try (Checkpoint checkpoint = Checkpoints.open(model);
                Backend backend = Backends.open(new BackendOptions(Optional.of("vector"), 1));
                Rehearsal rehearsal = new Rehearsal(backend, miniature(checkpoint), 1)) {
            while (!rehearsal.isDone()) {
                rehearsal.step();
            }
            rehearsal.goOn();
            while (!rehearsal.isDone()) {
                rehearsal.step();
            }
        }
    }

    static Stream<Path> encoders() throws IOException {
        return files(SharedFiles.get("golden"), "")
                .filter(folder -> folder.getFileName().toString().matches("(nomic-)?bert(-.*)?"))
                .map(folder -> folder.resolve("model.gguf"))
                .filter(Files::exists);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void everyStepOfAnEncoderRuns(Path model) {
        ComputeBackends.require("vector");
        try (Checkpoint checkpoint = Checkpoints.open(model);
                Backend backend = Backends.open(new BackendOptions(Optional.of("vector"), 1))) {
            EncoderMiniature small =
                    EncoderMiniature.of("small", checkpoint.encoderConfig(), checkpoint.weights());
            EncoderRehearsal rehearsal = new EncoderRehearsal(backend, small, 1);
            while (!rehearsal.isDone()) {
                rehearsal.step();
            }
            rehearsal.goOn();
            while (!rehearsal.isDone()) {
                rehearsal.step();
            }
        }
    }

    @Test
    void weightsKeepTheirTypesAndAreCopies() {
        Path model = SharedFiles.get("golden", "quant-Q4_K", "model.gguf");
        try (Checkpoint checkpoint = Checkpoints.open(model)) {
            String name = "blk.0.ffn_up.weight";
            Tensor full = checkpoint.weights().tensor(name).orElseThrow();
            Tensor small =
                    WeightMap.of(miniature(checkpoint).weights())
                            .matrix(name, 2, full.shape().cols());
            assertEquals(DType.Q4_K, full.dtype());
            assertEquals(full.dtype(), small.dtype());
            assertEquals(
                    List.of(2L, full.shape().cols()),
                    List.of(small.shape().rows(), small.shape().cols()));
            assertEquals(-1, full.rows(0, 2).data().mismatch(small.data()));
            assertTrue(small.data().heapBase().isPresent());
        }
    }
}
