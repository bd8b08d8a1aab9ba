package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.lazy.LazyTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a checkpoint with packed ones put together under the name that the plain weight
 * would have. What {@code quantization_config} says in {@code quant_method}:
 *
 * <table>
 * <caption>Methods, and what the weights become</caption>
 * <tr><th>method</th><th>tensors</th><th>becomes</th><th>bytes per weight</th></tr>
 * <tr><td>{@code fp8}, {@code fbgemm_fp8}, {@code compressed-tensors}</td><td>see {@link
 * Float8Weights}</td><td>BF16</td><td>1 → 2</td></tr>
 * <tr><td>{@code gptq}</td><td>see {@link GptqLayout}</td><td rowspan="2">see {@link
 * GroupedWeights}</td><td rowspan="2">4 bits: 0.5 → 0.56 to 2</td></tr>
 * <tr><td>{@code awq}</td><td>see {@link AwqLayout}</td></tr>
 * <tr><td>{@code mxfp4}</td><td>see {@link MicroscalingExperts}</td><td>MXFP4</td><td>0.53</td></tr>
 * </table>
 *
 * <p>Converted weights take memory beside the mapped file from when they are first needed.
 */
public final class PackedWeights {

    private PackedWeights() {}

    /**
     * All tensors by name; nothing is converted yet.
     *
     * @param quantization {@code quantization_config}, if the model has it
     * @throws ModelFormatException if the method is not supported, or tensors lack parts or have
     *     shapes that do not fit each other
     */
    public static Map<String, LazyTensor> unpack(
            TensorSource source, Optional<JsonFields> quantization) {
        Map<String, LazyTensor> tensors = new LinkedHashMap<>();
        for (String name : source.tensorNames()) {
            tensors.put(name, LazyTensor.of(source.tensor(name).orElseThrow()));
        }
        if (quantization.isEmpty()) {
            return tensors;
        }
        try {
            return unpack(tensors, quantization.get());
        } catch (IllegalArgumentException unfit) {
            // Shapes were compared before anything is read.
            throw new ModelFormatException(
                    source.name() + ": " + unfit.getMessage() + "; are the weights complete?",
                    unfit);
        }
    }

    private static Map<String, LazyTensor> unpack(
            Map<String, LazyTensor> tensors, JsonFields quantization) {
        String method = quantization.text("quant_method");
        return switch (method) {
            case "fp8", "fbgemm_fp8" ->
                    Float8Weights.unpack(tensors, Float8Weights.blockSize(quantization));
            case "compressed-tensors" -> {
                String format = quantization.optionalText("format").orElse("float-quantized");
                if (!format.equals("float-quantized") && !format.equals("naive-quantized")) {
                    throw quantization.error(
                            "format", "expected float-quantized, found \"%s\"".formatted(format));
                }
                yield Float8Weights.unpack(tensors, CompressedTensors.blockSize(quantization));
            }
            case "gptq" -> GptqLayout.unpack(tensors, quantization);
            case "awq" -> AwqLayout.unpack(tensors, quantization);
            case "mxfp4" -> MicroscalingExperts.unpack(tensors);
            default ->
                    throw quantization.error(
                            "quant_method",
                            "expected fp8, compressed-tensors, gptq, awq or mxfp4, found \"%s\"; use"
                                            .formatted(method)
                                    + " the model's plain weights or a GGUF file");
        };
    }
}
