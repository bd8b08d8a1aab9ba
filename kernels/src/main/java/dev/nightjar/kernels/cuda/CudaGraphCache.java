package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.StepReplay;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import dev.nightjar.kernels.cuda.driver.CudaGraph;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Graphs of a model's steps of decoding, one for each shape that its launches can have: the number
 * of rows, and how long the longest context may be, as far as grids depend on it. The first step of
 * a shape runs as it is, so that scratch grows and kernels are found; the second is recorded, and
 * from then on one call replays it. The least recently used are dropped.
 *
 * <p>A graph points to weights, activations, the cache and index buffers, which last as long as the
 * model, and to scratch of ops: when any of that moves, all graphs are dropped.
 */
final class CudaGraphCache implements StepReplay {

    /** {@code off} launches each kernel by itself. */
    static final String PROPERTY = "nightjar.cuda.graphs";

    /** How many shapes are remembered; their graphs take memory that only the driver knows. */
    static final int MOST_SHAPES = 64;

    /** Of larger steps the launches should be a small part; not measured on hardware. */
    static final int MOST_ROWS = 256;

    /** Up to here each number of rows has a shape of its own, from here on four per doubling. */
    private static final int EXACT_ROWS = 8;

    private static final System.Logger LOG = System.getLogger(CudaGraphCache.class.getName());

    private final CudaContext context;
    private final DeviceMemory scratch;
    private final Map<Shape, Recording> recordings = new LinkedHashMap<>(16, 0.75f, true);
    private long scratchMoved;

    private record Shape(int rows, int spans) {}

    /** What is known of a shape that has run. */
    private static final class Recording {
        private CudaGraph graph;
        private boolean isRefused;
    }

    /**
     * An empty cache.
     *
     * @param scratch where ops have their scratch memory
     */
    CudaGraphCache(CudaContext context, DeviceMemory scratch) {
        this.context = context;
        this.scratch = scratch;
        scratchMoved = scratch.numMoved();
    }

    /** Whether the process wants graphs. */
    static boolean isWanted() {
        String value = System.getProperty(PROPERTY, "on");
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "-D%s is on or off, found %s".formatted(PROPERTY, value));
        };
    }

    /**
     * The next multiple of a quarter of the power of two below. Exact up to 8: a row more may cost
     * a mixture of experts as much as any other.
     */
    @Override
    public int rowsFor(int rows) {
        if (rows <= EXACT_ROWS || rows > MOST_ROWS) {
            return rows;
        }
        int multiple = Integer.highestOneBit(rows - 1) / 4;
        return Math.ceilDiv(rows, multiple) * multiple;
    }

    @Override
    public void run(int rows, AttentionMetadata attention, Runnable ops) {
        if (rows > MOST_ROWS) {
            ops.run();
            return;
        }
        dropMoved();
        Shape shape = new Shape(rows, CudaAttention.spans(attention));
        Recording recording = recordings.get(shape);
        if (recording == null) {
            ops.run();
            dropMoved();
            recordings.put(shape, new Recording());
            dropOldest();
            return;
        }
        if (recording.graph == null && !recording.isRefused) {
            record(recording, shape, ops);
        }
        if (recording.isRefused) {
            ops.run();
        } else {
            recording.graph.launch();
        }
    }

    /** Nothing has run when it fails: an error of the ops themselves shows when they run. */
    private void record(Recording recording, Shape shape, Runnable ops) {
        try {
            recording.graph = context.capture(ops);
            LOG.log(System.Logger.Level.DEBUG, "recorded a step of {0}", shape);
        } catch (RuntimeException refusal) {
            recording.isRefused = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a step of %s cannot be recorded and is launched kernel by kernel: %s"
                            .formatted(shape, refusal.getMessage()));
        }
    }

    /** Scratch that has moved may be in any graph. */
    private void dropMoved() {
        if (scratchMoved != scratch.numMoved()) {
            scratchMoved = scratch.numMoved();
            close();
        }
    }

    private void dropOldest() {
        if (recordings.size() > MOST_SHAPES) {
            Iterator<Recording> oldest = recordings.values().iterator();
            drop(oldest.next());
            oldest.remove();
        }
    }

    private static void drop(Recording recording) {
        if (recording.graph != null) {
            recording.graph.close();
        }
    }

    @Override
    public void close() {
        recordings.values().forEach(CudaGraphCache::drop);
        recordings.clear();
    }
}
