package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufModelConfig;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.Qwen3Model;
import dev.nightjar.engine.model.StepLimits;
import dev.nightjar.engine.model.encoder.EncoderBatch;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a step is cut into passes does not show in what it computes. */
class CausalStatesTest {

    /** Longer than a pass, exactly one, a block and one more, and single tokens. */
    private static final int[] LENGTHS = {1, 5, 23, 17, 1, 1, 16, 40, 3};

    private static final int LONGEST = 40;

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 23, 64})
    void passesDoNotShow(int passTokens) {
        assertArrayEquals(states(256), states(passTokens));
    }

    private static float[] states(int passTokens) {
        var path = SharedFiles.get("golden", "qwen3", "model.gguf");
        try (GgufFile file = GgufFile.open(path);
                Backend backend = Backends.open(new BackendOptions(Optional.empty(), 1))) {
            ModelConfig config = GgufModelConfig.read(file);
            CausalLm model =
                    Qwen3Model.create(
                            backend,
                            config,
                            WeightMap.of(file),
                            new StepLimits(passTokens, 1, LONGEST));
            EncoderBatch batch = new EncoderBatch(backend, 8);
            Random random = new Random(3);
            int total = 0;
            for (int length : LENGTHS) {
                int[] ids = random.ints(length, 0, config.vocabSize()).toArray();
                batch.add(ids, new int[length]);
                total += length;
            }
            batch.commit();
            try (CausalStates states =
                    new CausalStates(
                            backend, model, config.hiddenSize(), DType.F32, passTokens, LONGEST)) {
                Matrix rows = states.compute(batch);
                float[] values = new float[total * config.hiddenSize()];
                rows.buffer().read(rows.offset(), values, 0, values.length);
                return values;
            }
        }
    }
}
