package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CounterRandom;
import dev.nightjar.kernels.cpu.FilterChain;
import dev.nightjar.kernels.cpu.LogitEdits;
import dev.nightjar.kernels.cpu.SampleDraw;
import dev.nightjar.kernels.cpu.SamplingRules;
import dev.nightjar.kernels.cpu.TopReport;
import dev.nightjar.kernels.cpu.scalar.ScalarSampler;

/**
 * Sampling without rows that cross the bus: the first keys of each row are found on the device, and
 * greedy rows, given tokens and filters that begin with a small top-k need no more than those. The
 * device draws the tokens of other rows, unless they are filtered for what is typical: these are
 * copied to the host and sampled by the reference.
 */
final class CudaSampler {

    /** The largest top-k that is looked for on the device, a pass over the row for each key. */
    private static final int MOST_KEYS = 64;

    private final CudaDispatch dispatch;
    private final FirstKeys raw;
    private final FirstKeys edited;
    private final LogitEditor editor;
    private final RowDraws draws;
    private final ScalarSampler onHost = new ScalarSampler();
    private long[] candidates = new long[MOST_KEYS];
    private float[] row = new float[0];

    CudaSampler(CudaDispatch dispatch) {
        this.dispatch = dispatch;
        raw = new FirstKeys(dispatch);
        edited = new FirstKeys(dispatch);
        editor = new LogitEditor(dispatch);
        draws = new RowDraws(dispatch);
    }

    void run(Matrix logits, int S, SamplingBatch batch) {
        long address = CudaArguments.address(logits, S);
        int[] all = new int[S];
        int[] changed = new int[S];
        int numChanged = 0;
        int numRaw = 1;
        int numEdited = 0;
        for (int s = 0; s < S; s++) {
            all[s] = s;
            numRaw = Math.max(numRaw, batch.topCount[s]);
            int wanted = keysOfChoice(batch, s);
            if ((wanted > 0 || isDrawn(batch, s)) && LogitEdits.needed(batch, s)) {
                changed[numChanged++] = s;
                numEdited = Math.max(numEdited, wanted);
            } else {
                numRaw = Math.max(numRaw, wanted);
            }
        }
        raw.find(address, logits.rowStride(), logits.cols(), all, S, numRaw);
        long rows = 0;
        if (numChanged > 0) {
            rows = editor.edit(address, logits, changed, numChanged, batch);
        }
        if (numEdited > 0) {
            edited.find(rows, logits.cols(), logits.cols(), all, numChanged, numEdited);
        }
        draw(logits, S, batch, changed, numChanged, rows);
        int at = 0;
        int drawn = 0;
        for (int s = 0; s < S; s++) {
            boolean isChanged = at < numChanged && changed[at] == s;
            int key = isChanged ? at++ : s;
            sample(logits, batch, s, isChanged ? edited : raw, key, drawn);
            drawn += isDrawn(batch, s) ? 1 : 0;
        }
    }

    /** Draws from the rows that need it, of which the changed ones lie behind each other. */
    private void draw(
            Matrix logits, int S, SamplingBatch batch, int[] changed, int numChanged, long rows) {
        RowDraws.Row[] drawn = new RowDraws.Row[S];
        int count = 0;
        int at = 0;
        for (int s = 0; s < S; s++) {
            boolean isChanged = at < numChanged && changed[at] == s;
            if (isDrawn(batch, s)) {
                long from = CudaArguments.row(CudaArguments.address(logits, S), logits, s);
                long to = isChanged ? rows + (long) at * logits.cols() * Float.BYTES : from;
                drawn[count++] = new RowDraws.Row(to, from, s);
            }
            at += isChanged ? 1 : 0;
        }
        if (count > 0) {
            draws.run(drawn, count, logits.cols(), batch);
        }
    }

    private static boolean isDrawn(SamplingBatch batch, int s) {
        return batch.given[s] == SamplingBatch.NONE
                && keysOfChoice(batch, s) == 0
                && RowDraws.canDraw(batch, s);
    }

    /** How many first keys decide a row; 0 if only all of them do or the token is given. */
    private static int keysOfChoice(SamplingBatch batch, int s) {
        if (batch.given[s] != SamplingBatch.NONE) {
            return 0;
        }
        if (FilterChain.temperature(batch, s) == 0) {
            return 1;
        }
        int first = FilterChain.nextActive(0, Integer.MAX_VALUE, batch, s);
        boolean isTopK =
                first < batch.filters[s].length && batch.filters[s][first] == FilterStep.TOP_K;
        return isTopK && batch.topK[s] <= MOST_KEYS ? batch.topK[s] : 0;
    }

    private void sample(
            Matrix logits, SamplingBatch batch, int s, FirstKeys keys, int at, int drawn) {
        double normalizer = raw.normalizer(s);
        batch.token[s] = SamplingRules.NO_TOKEN;
        batch.logprob[s] = Float.NaN;
        if (!Double.isFinite(normalizer)) {
            return;
        }
        int given = batch.given[s];
        int wanted = keysOfChoice(batch, s);
        boolean isDrawn = isDrawn(batch, s);
        if (given == SamplingBatch.NONE && wanted == 0 && !isDrawn) {
            sampleOnHost(logits, batch, s);
            return;
        }
        if (batch.topCount[s] > 0) {
            int count = raw.copy(s, candidates, batch.topCount[s]);
            TopReport.write(batch, s, candidates, count, normalizer);
        }
        if (isDrawn) {
            accept(batch, s, draws.token(drawn), draws.logit(drawn), normalizer);
            return;
        }
        int token = given == SamplingBatch.NONE ? choose(batch, s, keys, at, wanted) : given;
        if (token != SamplingRules.NO_TOKEN) {
            accept(batch, s, token, logit(logits, s, token), normalizer);
        }
    }

    private static void accept(
            SamplingBatch batch, int s, int token, float logit, double normalizer) {
        if (token != SamplingRules.NO_TOKEN) {
            batch.token[s] = token;
            batch.logprob[s] = (float) (logit - normalizer);
        }
    }

    private int choose(SamplingBatch batch, int s, FirstKeys keys, int at, int wanted) {
        int count = keys.copy(at, candidates, wanted);
        float temperature = FilterChain.temperature(batch, s);
        if (count == 0 || temperature == 0) {
            return count == 0 ? SamplingRules.NO_TOKEN : SamplingRules.token(candidates[0]);
        }
        float max = SamplingRules.logit(candidates[0]);
        if (max == Float.POSITIVE_INFINITY) {
            return SamplingRules.NO_TOKEN;
        }
        int kept = FilterChain.apply(0, candidates, count, batch, s);
        double u = CounterRandom.uniform(batch.seed[s], batch.position[s]);
        return SampleDraw.draw(candidates, kept, max, temperature, u);
    }

    /** The unedited logit of a token: among the first keys as a rule, else one float is copied. */
    private float logit(Matrix logits, int s, int token) {
        int count = raw.copy(s, candidates, Math.min(MOST_KEYS, raw.numKeys()));
        for (int i = 0; i < count; i++) {
            if (SamplingRules.token(candidates[i]) == token) {
                return SamplingRules.logit(candidates[i]);
            }
        }
        float[] value = new float[1];
        long offset = logits.offset() + (long) s * logits.rowStride() + token;
        logits.buffer().read(offset, value, 0, 1);
        return value[0];
    }

    private void sampleOnHost(Matrix logits, SamplingBatch batch, int s) {
        int numTokens = logits.cols();
        row = row.length < numTokens ? new float[numTokens] : row;
        long offset = logits.offset() + (long) s * logits.rowStride();
        logits.buffer().read(offset, row, 0, numTokens);
        onHost.sample(row, 0, numTokens, batch, s);
    }
}
