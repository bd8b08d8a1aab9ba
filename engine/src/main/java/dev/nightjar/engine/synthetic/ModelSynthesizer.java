package dev.nightjar.engine.synthetic;

import dev.nightjar.engine.format.gguf.GgufFileWriter;
import dev.nightjar.engine.format.gguf.GgufPairs;
import dev.nightjar.engine.quantize.MixtureTypes;
import dev.nightjar.engine.quantize.ModelTraits;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Writes a model file of a shape with random weights. Equal arguments give equal files. A few
 * megabytes are in memory at a time, whatever the size of the model.
 */
public final class ModelSynthesizer {

    private static final int SLAB_BYTES = 1 << 22;
    private static final int ALIGNMENT = 32;
    private static final int QUANTIZATION_VERSION = 2;
    private static final double NORM_DEVIATION = 0.05;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final SyntheticSpec spec;
    private final ModelShape shape;
    private final SplittableRandom random;
    private final Map<DType, RandomBlocks> blocks = new EnumMap<>(DType.class);

    /** A synthesizer that is used once. */
    public ModelSynthesizer(SyntheticSpec spec, long seed) {
        this.spec = spec;
        shape = spec.shape();
        random = new SplittableRandom(seed);
    }

    /**
     * Writes the file, replacing one of that name when all is written; on a failure nothing is left
     * behind.
     *
     * @param vocabulary of the shape's size; {@link SyntheticVocabulary#plain} if none matters
     * @param progress is told how many bytes of weights are written
     * @return bytes of the file
     * @throws dev.nightjar.engine.format.ModelFormatException if the vocabulary does not fit
     * @throws IOException if the target cannot be written
     */
    public long write(Path target, SyntheticVocabulary vocabulary, LongConsumer progress)
            throws IOException {
        List<GgufFileWriter.Entry> entries = entries();
        long written = 0;
        try (GgufFileWriter writer =
                GgufFileWriter.create(target, pairs(vocabulary), ALIGNMENT, entries)) {
            for (GgufFileWriter.Entry entry : entries) {
                written = write(entry, writer, written, progress);
            }
            writer.commit();
        }
        return Files.size(target);
    }

    /** All tensors with their types. */
    List<GgufFileWriter.Entry> entries() {
        Map<String, Shape> tensors = ShapeTensors.of(shape);
        ModelShape.Sizes sizes = shape.sizes();
        int groupSize = sizes.numHeads() / sizes.numKvHeads();
        ModelTraits traits =
                new ModelTraits(shape.architecture(), sizes.numLayers(), groupSize, 0, false);
        MixtureTypes types = new MixtureTypes(spec.mixture(), traits, tensors);
        return tensors.entrySet().stream()
                .map(
                        tensor ->
                                new GgufFileWriter.Entry(
                                        tensor.getKey(),
                                        types.of(tensor.getKey()).orElse(DType.F32),
                                        tensor.getValue()))
                .toList();
    }

    private GgufPairs pairs(SyntheticVocabulary vocabulary) {
        String name = shape.architecture();
        ModelShape.Sizes sizes = shape.sizes();
        GgufPairs pairs =
                new GgufPairs()
                        .string("general.architecture", name)
                        .string("general.name", "synthetic " + spec.name())
                        .uint32("general.file_type", spec.mixture().fileType())
                        .uint32("general.quantization_version", QUANTIZATION_VERSION)
                        .uint32(name + ".context_length", shape.rope().maxPositions())
                        .uint32(name + ".embedding_length", sizes.hiddenSize())
                        .uint32(name + ".block_count", sizes.numLayers())
                        .uint32(name + ".feed_forward_length", sizes.intermediateSize())
                        .uint32(name + ".attention.head_count", sizes.numHeads())
                        .uint32(name + ".attention.head_count_kv", sizes.numKvHeads())
                        .uint32(name + ".attention.key_length", sizes.headDim())
                        .uint32(name + ".attention.value_length", sizes.headDim())
                        .float32(name + ".attention.layer_norm_rms_epsilon", shape.rmsNormEps())
                        .float32(name + ".rope.freq_base", shape.rope().theta())
                        .uint32(name + ".rope.dimension_count", sizes.headDim())
                        .uint32(name + ".vocab_size", sizes.vocabSize());
        vocabulary.addTo(pairs, sizes.vocabSize());
        return pairs;
    }

    private long write(
            GgufFileWriter.Entry entry, GgufFileWriter writer, long before, LongConsumer progress)
            throws IOException {
        if (entry.shape().rank() == 1) {
            byte[] vector = vector(entry);
            writer.append(MemorySegment.ofArray(vector));
            return before + vector.length;
        }
        RandomBlocks source =
                blocks.computeIfAbsent(
                        entry.dtype(), type -> new RandomBlocks(type, random.split()));
        int slab = SLAB_BYTES / entry.dtype().blockBytes() * entry.dtype().blockBytes();
        byte[] bytes = new byte[(int) Math.min(slab, entry.bytes())];
        for (long at = 0; at < entry.bytes(); at += bytes.length) {
            int length = (int) Math.min(bytes.length, entry.bytes() - at);
            source.fill(bytes, length, random);
            writer.append(MemorySegment.ofArray(bytes).asSlice(0, length));
            progress.accept(before + at + length);
        }
        return before + entry.bytes();
    }

    /** Norms near 1, biases near 0, and the divisors that follow from the shape. */
    private byte[] vector(GgufFileWriter.Entry entry) {
        float[] values = new float[(int) entry.shape().numElements()];
        if (entry.name().equals(ShapeTensors.ROPE_DIVISORS)) {
            values = ShapeTensors.ropeDivisors(shape);
        } else {
            float centre = entry.name().endsWith(".bias") ? 0 : 1;
            for (int i = 0; i < values.length; i++) {
                values[i] = centre + (float) (random.nextGaussian() * NORM_DEVIATION);
            }
        }
        byte[] bytes = new byte[Float.BYTES * values.length];
        MemorySegment target = MemorySegment.ofArray(bytes);
        for (int i = 0; i < values.length; i++) {
            target.setAtIndex(FLOAT, i, values[i]);
        }
        return bytes;
    }
}
