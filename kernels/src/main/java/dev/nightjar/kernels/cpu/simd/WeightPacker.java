package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.cpu.MatrixWeight;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies matrices into groups of rows, on a team of threads of its own: models are loaded while
 * others run. Pages of a mapped checkpoint are given back as soon as they are copied, so that a
 * model occupies memory once; whoever reads them later gets them from the file again.
 *
 * <p>The memory belongs to the weight and is freed once the weight is unreachable. Slabs are
 * allocated by the thread that fills them, as clearing them takes as long as the copy.
 */
final class WeightPacker {

    /** Slabs of a part, unless they would be larger than {@link #SLAB_BYTES}. */
    private static final int SLABS = 16;

    private static final long SLAB_BYTES = 1 << 20;

    /** Less than this is copied sooner than a thread starts. */
    private static final long SERIAL_BYTES = 1 << 21;

    private static final long CACHE_LINE = 64;

    private final int threads;
    private final Cleaner cleaner = Cleaner.create();

    WeightPacker(int threads) {
        this.threads = threads;
    }

    /** The matrices in groups where their formats have them, and as they are where not. */
    PackedWeight pack(MatrixWeight matrix) {
        Arena arena = Arena.ofShared();
        try {
            PackedWeight weight = pack(arena, matrix);
            cleaner.register(weight, arena::close);
            return weight;
        } catch (Throwable thrown) {
            arena.close();
            throw thrown;
        }
    }

    private static boolean isDroppable(MemorySegment data) {
        return data.isMapped() && data.isReadOnly();
    }

    private PackedWeight pack(Arena arena, MatrixWeight matrix) {
        List<PackedPart> packed = new ArrayList<>();
        List<MatrixWeight.Part> rest = new ArrayList<>();
        long bytes = 0;
        for (MatrixWeight.Part part : matrix.parts()) {
            var format =
                    GroupFormats.of(part.tensor().dtype())
                            .filter(f -> f.layout().holds(matrix.cols()));
            if (format.isPresent()) {
                PackedPart copy = pack(arena, format.get(), part, matrix.cols());
                bytes += copy.slabs().stream().mapToLong(MemorySegment::byteSize).sum();
                if (isDroppable(part.tensor().data())) {
                    bytes -= part.tensor().data().byteSize();
                }
                packed.add(copy);
            } else {
                rest.add(part);
            }
        }
        MatrixWeight others = new MatrixWeight(List.copyOf(rest), matrix.rows(), matrix.cols());
        return new PackedWeight(List.copyOf(packed), others, matrix.rows(), matrix.cols(), bytes);
    }

    private PackedPart pack(Arena arena, GroupFormat format, MatrixWeight.Part part, int cols) {
        long groupBytes = format.layout().bytes(cols);
        int groups = Math.ceilDiv(part.rows(), GroupLayout.ROWS);
        int most = (int) Math.max(1, SLAB_BYTES / groupBytes);
        int slabGroups = Math.clamp(groups / SLABS, 1, most);
        MemorySegment[] slabs = new MemorySegment[Math.ceilDiv(groups, slabGroups)];
        PoolTask task =
                (worker, slab) -> {
                    int first = slab * slabGroups;
                    int count = Math.min(slabGroups, groups - first);
                    MemorySegment memory = arena.allocate(count * groupBytes, CACHE_LINE);
                    for (int g = 0; g < count; g++) {
                        fill(format.layout(), part, first + g, memory, g * groupBytes);
                    }
                    giveBack(part, first, count);
                    slabs[slab] = memory;
                };
        try (WorkerPool team = new WorkerPool(groups * groupBytes < SERIAL_BYTES ? 1 : threads)) {
            team.run(task, slabs.length);
        }
        // Reading ahead has mapped pages again that were given back.
        giveBack(part, 0, groups);
        return new PackedPart(format, List.of(slabs), slabGroups, part.rows(), part.firstRow());
    }

    private static void fill(
            GroupLayout layout, MatrixWeight.Part part, int group, MemorySegment target, long at) {
        int first = group * GroupLayout.ROWS;
        int count = Math.min(GroupLayout.ROWS, part.rows() - first);
        layout.pack(part.tensor(), first, count, target, at);
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
}
