package dev.nightjar.engine.quantize;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufTensorInfo;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides the type of every tensor of a file, in file order, before any of them is touched. */
final class RecipePlan {

    private final GgufFile file;
    private final Recipe recipe;
    private final MixtureTypes types;

    private RecipePlan(GgufFile file, Recipe recipe) {
        this.file = file;
        this.recipe = recipe;
        Map<String, Shape> shapes = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        types = new MixtureTypes(recipe.mixture(), ModelTraits.of(file), shapes);
    }

    /**
     * The targets of all tensors.
     *
     * @throws ModelFormatException if a tensor cannot be read or an exception does not fit
     */
    static List<TensorTarget> targets(GgufFile file, Recipe recipe) {
        for (KeptTensors exception : recipe.exceptions()) {
            if (file.tensorNames().stream().noneMatch(exception::matches)) {
                throw new ModelFormatException(
                        "%s: no tensor has '%s' in its name; see nightjar inspect"
                                .formatted(file.name(), exception.names()));
            }
        }
        RecipePlan plan = new RecipePlan(file, recipe);
        List<TensorTarget> targets = new ArrayList<>();
        for (GgufTensorInfo tensor : file.tensors().values()) {
            targets.add(plan.target(tensor));
        }
        return targets;
    }

    private TensorTarget target(GgufTensorInfo tensor) {
        DType dtype = exception(tensor).orElseGet(() -> byRule(tensor));
        if (dtype != tensor.dtype() && BlockFormats.of(tensor.dtype()).isEmpty()) {
            throw new ModelFormatException(
                    "%s: tensor %s is of type %s, expected one of %s to quantize from"
                            .formatted(
                                    file.name(),
                                    tensor.name(),
                                    tensor.dtype(),
                                    BlockFormats.known()));
        }
        return new TensorTarget(tensor, dtype);
    }

    private Optional<DType> exception(GgufTensorInfo tensor) {
        Optional<DType> dtype =
                recipe.exceptions().stream()
                        .filter(exception -> exception.matches(tensor.name()))
                        .map(KeptTensors::dtype)
                        .findFirst();
        dtype.filter(type -> tensor.shape().cols() % type.blockSize() != 0)
                .ifPresent(
                        type -> {
                            throw new ModelFormatException(
                                    "%s: tensor %s has rows of %d, expected a multiple of %d for %s"
                                            .formatted(
                                                    file.name(),
                                                    tensor.name(),
                                                    tensor.shape().cols(),
                                                    type.blockSize(),
                                                    type));
                        });
        return dtype;
    }

    private DType byRule(GgufTensorInfo tensor) {
        return isInteger(tensor.dtype())
                ? tensor.dtype()
                : types.of(tensor.name()).orElse(tensor.dtype());
    }

    /** Tables of indices, which no number of fewer bits can stand for. */
    private static boolean isInteger(DType dtype) {
        return switch (dtype) {
            case I8, I16, I32, I64 -> true;
            default -> false;
        };
    }
}
