package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a folder under the names of the architecture. Views of the files where the layout
 * allows it; what must be rewritten is copied when first asked for, into memory that this object
 * owns. It does not own the files.
 *
 * <p>Safe for use by several threads; tensors must not be used after {@link #close}.
 */
public final class HfWeights implements TensorSource, AutoCloseable {

    private final String name;
    private final Map<String, LazyTensor> tensors;
    private final Arena copies = Arena.ofShared();

    /**
     * Weights by the name of the architecture.
     *
     * @param name for errors
     */
    public HfWeights(String name, Map<String, LazyTensor> tensors) {
        this.name = name;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> tensorNames() {
        return tensors.keySet();
    }

    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return Optional.ofNullable(tensors.get(tensorName)).map(tensor -> tensor.load(copies));
    }

    /** Bytes of all tensors as the architecture gets them. */
    public long bytes() {
        return tensors.values().stream().mapToLong(LazyTensor::bytes).sum();
    }

    /** Releases the copies; the second call does nothing. */
    @Override
    public void close() {
        if (copies.scope().isAlive()) {
            copies.close();
        }
    }
}
