package dev.nightjar.engine.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.quantize.MixtureRules.Position;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names mean the types that files of these names are known to have. */
class MixtureRulesTest {

    private static final ModelTraits LLAMA = new ModelTraits("llama", 32, 1, 0, true);
    private static final ModelTraits GROUPED = new ModelTraits("llama", 32, 4, 0, true);
    private static final ModelTraits DEEP = new ModelTraits("llama", 80, 8, 0, true);
    private static final ModelTraits TIED = new ModelTraits("gemma2", 26, 2, 0, false);
    private static final ModelTraits EIGHT = new ModelTraits("llama", 32, 4, 8, true);
    private static final Shape MATRIX = new Shape(4096, 4096);

    private static DType type(Mixture mixture, ModelTraits traits, String name, int layer) {
        TensorRole role = TensorRole.of(name, 2);
        return new MixtureRules(mixture, traits).type(role, MATRIX, new Position(layer, 32));
    }

    @ParameterizedTest
    @CsvSource({
        "Q4_K_M, attn_v,      0, Q6_K",
        "Q4_K_M, attn_v,      4, Q4_K",
        "Q4_K_M, attn_v,      6, Q6_K",
        "Q4_K_M, attn_v,     28, Q6_K",
        "Q4_K_M, ffn_down,    5, Q4_K",
        "Q4_K_M, ffn_down,   31, Q6_K",
        "Q4_K_M, ffn_up,      0, Q4_K",
        "Q4_K_S, attn_v,      3, Q5_K",
        "Q4_K_S, attn_v,      4, Q4_K",
        "Q4_K_S, ffn_down,    3, Q5_K",
        "Q4_K_S, ffn_down,    4, Q4_K",
        "Q5_K_M, ffn_down,    0, Q6_K",
        "Q5_K_S, ffn_down,    0, Q5_K",
        "Q3_K_M, attn_v,      1, Q5_K",
        "Q3_K_M, attn_v,      2, Q4_K",
        "Q3_K_M, ffn_down,    1, Q5_K",
        "Q3_K_M, ffn_down,    2, Q4_K",
        "Q3_K_M, attn_output, 2, Q4_K",
        "Q3_K_L, attn_output, 2, Q5_K",
        "Q3_K_S, attn_v,      0, Q3_K",
        "Q2_K,   attn_v,      0, Q3_K",
        "Q2_K,   attn_q,      0, Q2_K",
        "Q6_K,   attn_v,      0, Q6_K",
        "Q8_0,   ffn_down,    0, Q8_0",
        "IQ4_XS, ffn_down,    3, Q5_K",
        "IQ4_XS, ffn_down,    4, IQ4_XS",
        "F16,    attn_v,      0, F16"
    })
    void layersOfADenseModel(Mixture mixture, String name, int layer, DType expected) {
        assertEquals(
                expected, type(mixture, LLAMA, "blk.%d.%s.weight".formatted(layer, name), layer));
    }

    @Test
    void groupedAndDeepModelsGetBetterValues() {
        String value = "blk.9.attn_v.weight";
        assertEquals(DType.Q4_K, type(Mixture.Q2_K, GROUPED, value, 9));
        assertEquals(DType.Q5_K, type(Mixture.IQ4_NL, GROUPED, value, 9));
        assertEquals(DType.Q5_K, type(Mixture.Q4_K_S, DEEP, value, 9));
        assertEquals(DType.Q8_0, type(Mixture.Q4_K_S, EIGHT, value, 9));
        assertEquals(DType.Q8_0, type(Mixture.Q4_K_S, EIGHT, "blk.9.attn_k.weight", 9));
    }

    @Test
    void theOutputMatrixIsNeverSmall() {
        assertEquals(DType.Q6_K, type(Mixture.Q2_K, LLAMA, "output.weight", 0));
        assertEquals(DType.Q2_K, type(Mixture.Q2_K, LLAMA, "token_embd.weight", 0));
        assertEquals(DType.Q6_K, type(Mixture.Q2_K, TIED, "token_embd.weight", 0));
        assertEquals(DType.Q8_0, type(Mixture.Q8_0, TIED, "token_embd.weight", 0));
        assertEquals(DType.F16, type(Mixture.F16, LLAMA, "output.weight", 0));
    }

    @Test
    void microscalingIsForExperts() {
        Shape experts = new Shape(8, 64, 64);
        var rules = new MixtureRules(Mixture.MXFP4, EIGHT);
        TensorRole role = TensorRole.of("blk.0.ffn_up_exps.weight", 3);
        assertEquals(DType.MXFP4, rules.type(role, experts, new Position(0, 1)));
        assertEquals(DType.Q8_0, type(Mixture.MXFP4, EIGHT, "blk.0.attn_q.weight", 0));
        assertEquals(DType.MXFP4, type(Mixture.MXFP4, LLAMA, "blk.0.attn_q.weight", 0));
        assertEquals(DType.Q8_0, type(Mixture.MXFP4, LLAMA, "output.weight", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "blk.0.attn_norm.weight, 2, PLAIN",
        "blk.0.attn_q.weight, 1, PLAIN",
        "blk.0.attn_q.bias, 2, PLAIN",
        "blk.0.ffn_gate_inp.weight, 2, PLAIN",
        "position_embd.weight, 2, PLAIN",
        "blk.3.ffn_down_exps.weight, 3, FEED_FORWARD_DOWN",
        "blk.3.attn_qkv.weight, 2, ATTENTION_VALUE",
        "blk.3.ffn_gate.weight, 2, OTHER",
        "blk.3.attn_output.weight, 2, ATTENTION_OUTPUT",
        "output.weight, 2, OUTPUT"
    })
    void rolesFollowFromNames(String name, int rank, TensorRole role) {
        assertEquals(role, TensorRole.of(name, rank));
    }

    @ParameterizedTest
    @CsvSource({
        "Q4_K, 512, Q4_K",
        "Q4_K, 96, Q5_0",
        "Q5_K, 96, Q5_1",
        "Q6_K, 96, Q8_0",
        "Q2_K, 96, Q4_0",
        "Q3_K, 96, Q4_0",
        "IQ4_XS, 96, IQ4_NL",
        "Q4_K, 33, F16",
        "Q8_0, 33, F16"
    })
    void rowsThatDoNotFitFallBack(DType type, int cols, DType expected) {
        assertEquals(expected, MixtureRules.fitting(type, new Shape(2, cols)));
    }

    @Test
    void namesAreTakenInEitherCase() {
        assertEquals(Mixture.Q4_K_M, Mixture.named("q4_k"));
        assertEquals(Mixture.MXFP4, Mixture.named("MXFP4_MOE"));
        assertThrows(UnknownMixtureException.class, () -> Mixture.named("Q7_K"));
    }

    @Test
    void aboutHalfOfTheLayersDeserveMoreBits() {
        long more =
                IntStream.range(0, 32)
                        .filter(layer -> new Position(layer, 32).deservesMoreBits())
                        .count();
        assertEquals(16, more);
    }
}
