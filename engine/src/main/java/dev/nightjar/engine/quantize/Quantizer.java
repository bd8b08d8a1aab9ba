package dev.nightjar.engine.quantize;

import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufFileWriter;
import dev.nightjar.engine.format.gguf.GgufPairs;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Writes a model file anew with the types of a recipe. Metadata is copied byte for byte, but for
 * the keys that speak of types and of parts; a split checkpoint becomes one file.
 *
 * <p>A few tens of megabytes are in memory at a time, whatever the size of the model. The result
 * does not depend on the number of threads, to the last bit of the report.
 */
public final class Quantizer {

    /** Elements that are quantized by all threads together before they are written. */
    private static final int SLAB_ELEMENTS = 1 << 22;

    /** Elements per task, a multiple of every block size. */
    private static final int TASK_ELEMENTS = 1 << 16;

    private static final String FILE_TYPE = "general.file_type";
    private static final String VERSION = "general.quantization_version";
    private static final int CURRENT_VERSION = 2;
    private static final String SPLIT_PREFIX = "split.";

    private final Recipe recipe;
    private final int threads;
    private final Consumer<TensorReport> progress;

    /**
     * A quantizer that can be used for several files.
     *
     * @param threads at least 1
     * @param progress is told about each tensor when it is written, by the calling thread
     * @throws IllegalArgumentException if there is no thread
     */
    public Quantizer(Recipe recipe, int threads, Consumer<TensorReport> progress) {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least one thread, found " + threads);
        }
        this.recipe = recipe;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Writes {@code source} to {@code target}, replacing a file of that name when all is written.
     * On a failure nothing is left behind.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if the recipe does not fit the file
     * @throws UnquantizableValueException if a weight is not finite, or not any more
     * @throws IOException if the target cannot be written
     */
    public QuantizationReport run(GgufFile source, Path target) throws IOException {
        List<TensorTarget> targets = RecipePlan.targets(source, recipe);
        List<TensorReport> reports = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads, Thread::new);
                GgufFileWriter writer =
                        GgufFileWriter.create(
                                target,
                                pairs(source),
                                source.alignment(),
                                targets.stream().map(TensorTarget::entry).toList())) {
            for (TensorTarget tensor : targets) {
                TensorReport report = write(tensor, source, writer, pool);
                reports.add(report);
                progress.accept(report);
            }
            writer.commit();
        }
        return new QuantizationReport(reports, source.fileBytes(), Files.size(target));
    }

    private GgufPairs pairs(GgufFile source) {
        return new GgufPairs()
                .copy(
                        source.metadata(),
                        key ->
                                !key.equals(FILE_TYPE)
                                        && !key.equals(VERSION)
                                        && !key.startsWith(SPLIT_PREFIX))
                .uint32(VERSION, CURRENT_VERSION)
                .uint32(FILE_TYPE, recipe.mixture().fileType());
    }

    private static TensorReport write(
            TensorTarget target, GgufFile file, GgufFileWriter writer, ExecutorService pool)
            throws IOException {
        String name = target.source().name();
        Tensor tensor = file.tensor(name).orElseThrow();
        long numElements = tensor.shape().numElements();
        RowsTask.Loss loss = RowsTask.Loss.NONE;
        if (target.isCopy()) {
            writer.append(tensor.data());
        } else {
            for (long at = 0; at < numElements; at += SLAB_ELEMENTS) {
                int count = (int) Math.min(SLAB_ELEMENTS, numElements - at);
                loss = loss.plus(slab(name, tensor, target.dtype(), at, count, writer, pool));
            }
        }
        return new TensorReport(
                name,
                tensor.shape(),
                tensor.dtype(),
                target.dtype(),
                target.entry().bytes(),
                Math.sqrt(loss.squares() / numElements),
                loss.max());
    }

    /** Elements {@code [first, first + count)}, cut into tasks; blocks never straddle rows. */
    private static RowsTask.Loss slab(
            String name,
            Tensor tensor,
            DType dtype,
            long first,
            int count,
            GgufFileWriter writer,
            ExecutorService pool)
            throws IOException {
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) dtype.bytesFor(count)]);
        List<RowsTask> tasks = new ArrayList<>();
        for (int at = 0; at < count; at += TASK_ELEMENTS) {
            int size = Math.min(TASK_ELEMENTS, count - at);
            MemorySegment part = bytes.asSlice(dtype.bytesFor(at), dtype.bytesFor(size));
            tasks.add(new RowsTask(name, tensor, dtype, first + at, size, part));
        }
        RowsTask.Loss loss = losses(tasks, pool);
        writer.append(bytes);
        return loss;
    }

    /** Runs the tasks and adds up their losses in their order. */
    private static RowsTask.Loss losses(List<RowsTask> tasks, ExecutorService pool) {
        try {
            RowsTask.Loss sum = RowsTask.Loss.NONE;
            for (Future<RowsTask.Loss> loss : pool.invokeAll(tasks)) {
                sum = sum.plus(loss.get());
            }
            return sum;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a task failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while quantizing", e);
        }
    }
}
