package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.group.GroupFormats;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies matrices into groups of rows, on a team of threads of its own: models are loaded while
 * others run. Pages of a mapped checkpoint are given back as soon as they are copied, so that a
 * model occupies memory once; whoever reads them later gets them from the file again.
 *
 * <p>The memory is freed when this is closed.
 */
public final class WeightPacker implements AutoCloseable {

    /** Slabs of a part, unless they would be larger than {@link #SLAB_BYTES}. */
    private static final int SLABS = 16;

    private static final long SLAB_BYTES = 1 << 20;

    /** Less than this is copied sooner than a thread starts. */
    private static final long SERIAL_BYTES = 1 << 21;

    private final int threads;
    private final ActivationPrecision activations;
    private final boolean assembles;
    private final SlabMemory memory = new SlabMemory();

    WeightPacker(int threads, ActivationPrecision activations, boolean assembles) {
        this.threads = threads;
        this.assembles = assembles;
        this.activations = activations;
    }

    /** The matrices in groups where their formats have them, and as they are where not. */
    PackedWeight pack(MatrixWeight matrix) {
        List<PackedPart> packed = new ArrayList<>();
        List<MatrixWeight.Part> rest = new ArrayList<>();
        long bytes = 0;
        for (MatrixWeight.Part part : matrix.parts()) {
            var format =
                    GroupFormats.of(part.tensor().dtype())
                            .filter(f -> f.layout().holds(matrix.cols()));
            if (format.isPresent()) {
                PackedPart copy = pack(format.get(), part, matrix.cols());
                bytes += copy.data().byteSize();
                if (isDroppable(part.tensor().data())) {
                    bytes -= part.tensor().data().byteSize();
                }
                packed.add(copy);
            } else {
                rest.add(part);
            }
        }
        MatrixWeight others = new MatrixWeight(List.copyOf(rest), matrix.rows(), matrix.cols());
        return new PackedWeight(packed, others, bytes);
    }

    private static boolean isDroppable(MemorySegment data) {
        return data.isMapped() && data.isReadOnly();
    }

    private PackedPart pack(GroupFormat format, MatrixWeight.Part part, int cols) {
        boolean quantizes = activations != ActivationPrecision.EXACT;
        Optional<AssembledProducts> assembled =
                AssembledProducts.of(part.tensor().dtype(), activations)
                        .filter(p -> assembles && p.holds(cols));
        Optional<CodeFormat> codes =
                quantizes && assembled.isEmpty() ? format.codes() : Optional.empty();
        GroupPacking packing = assembled.flatMap(AssembledProducts::packing).orElse(format);
        long groupBytes = packing.bytes(cols);
        int groups = Math.ceilDiv(part.rows(), GroupLayout.ROWS);
        int most = (int) Math.max(1, SLAB_BYTES / groupBytes);
        int slabGroups = even(Math.clamp(groups / SLABS, 1, most), groups);
        int numSlabs = Math.ceilDiv(groups, slabGroups);
        GroupFormat[] formats = new GroupFormat[numSlabs];
        MemorySegment all = memory.allocate(groups * groupBytes);
        PoolTask task =
                (worker, slab) -> {
                    int first = slab * slabGroups;
                    int count = Math.min(slabGroups, groups - first);
                    formats[slab] = holder(format, part, first, count);
                    for (int g = 0; g < count; g++) {
                        GroupPacking own = packing == format ? formats[slab] : packing;
                        fill(own, part, first + g, all, (first + g) * groupBytes);
                    }
                    giveBack(part, first, count);
                };
        try (WorkerPool team = new WorkerPool(groups * groupBytes < SERIAL_BYTES ? 1 : threads)) {
            team.run(task, numSlabs);
        }
        // Reading ahead has mapped pages again that were given back.
        giveBack(part, 0, groups);
        return new PackedPart(
                List.of(formats),
                codes,
                assembled,
                packing,
                all,
                slabGroups,
                part.rows(),
                part.firstRow());
    }

    /** Kernels that take two groups at once then waste nothing. */
    private static int even(int groups, int most) {
        return Math.min(Math.max(2, groups - groups % 2), most);
    }

    /** The format, or the other one if it does not hold the rows of these groups. */
    private static GroupFormat holder(
            GroupFormat format, MatrixWeight.Part part, int group, int numGroups) {
        int first = group * GroupLayout.ROWS;
        int count = Math.min(numGroups * GroupLayout.ROWS, part.rows() - first);
        return format.holds(part.tensor(), first, count)
                ? format
                : format.otherwise().orElseThrow();
    }

    private static void fill(
            GroupPacking packing,
            MatrixWeight.Part part,
            int group,
            MemorySegment target,
            long at) {
        int first = group * GroupLayout.ROWS;
        int count = Math.min(GroupLayout.ROWS, part.rows() - first);
        packing.pack(part.tensor(), first, count, target, at);
    }

    /** Many groups at a time: each call stops all processors for a moment. */
    private static void giveBack(MatrixWeight.Part part, int group, int numGroups) {
        int first = group * GroupLayout.ROWS;
        int count = Math.min(numGroups * GroupLayout.ROWS, part.rows() - first);
        MemorySegment source = part.tensor().rows(first, count).data();
        if (isDroppable(source)) {
            source.unload();
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
