package dev.nightjar.kernels.cpu.simd.matmul;

/**
 * How slabs are shared out that meet one row of activations, when each takes a few microseconds: in
 * runs of neighbours. The pool gives each worker a range of runs and lets others take from its end.
 * So the first ones of a range are long, as each costs a call, and the last ones short, as somebody
 * may wait for them.
 */
final class SlabRuns {

    /** Sixteenths of a worker's slabs before each of its runs. */
    private static final int[] BEFORE = {0, 5, 9, 12, 14, 15, 16};

    private static final int RUNS = BEFORE.length - 1;
    private static final int WHOLE = BEFORE[RUNS];

    private final int workers;
    private int slabs;

    /** For so many workers. */
    SlabRuns(int workers) {
        this.workers = workers;
    }

    /** Shares out so many slabs; how many runs they are. */
    int share(int newSlabs) {
        slabs = newSlabs;
        return isShort() ? slabs : workers * RUNS;
    }

    /** Whether each slab is a run. */
    private boolean isShort() {
        return slabs < workers * RUNS;
    }

    /** The first slab of a run, or behind the last one; of some runs, the next one begins there. */
    int first(int run) {
        if (isShort()) {
            return run;
        }
        int worker = run / RUNS;
        int begin = ofWorker(worker);
        return begin + (ofWorker(worker + 1) - begin) * BEFORE[run % RUNS] / WHOLE;
    }

    private int ofWorker(int worker) {
        return (int) ((long) slabs * Math.min(worker, workers) / workers);
    }
}
