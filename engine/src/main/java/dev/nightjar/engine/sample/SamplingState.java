package dev.nightjar.engine.sample;

import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Optional;

/**
 * One sequence's sampling: its knobs, its random stream and what its penalties and its constraint
 * need to remember. The random stream is keyed by (seed + choice, position in the completion) and
 * nothing else, so a draw depends neither on the batch nor on the request's id. Survives a
 * preemption, as tokens are computed again then but never drawn again.
 */
public final class SamplingState {

    /** Temperatures below this leave nothing but the likeliest token anyway. */
    private static final float GREEDY_BELOW = 1e-5f;

    private static final int[] NO_TOKENS = {};

    private final SamplingParams params;
    private final long seed;
    private final int topCount;
    private final FilterStep[] filters;
    private final int[] endTokens;
    private final Optional<TokenHistory> history;
    private final Optional<TokenCounts> counts;
    private final Optional<LogitBiases> biases;
    private final Optional<RepeatedPassages> passages;
    private final Optional<ConstraintMask> constraint;
    private int position;

    /**
     * Starts a completion.
     *
     * @param seed the request's seed, or the one drawn at its admission
     * @param ends what ends a text of this model
     */
    public SamplingState(GenerationRequest request, long seed, EndTokens ends) {
        this.params = request.sampling();
        this.seed = seed + request.choice();
        this.topCount = request.numTopLogprobs();
        this.filters =
                params.filterOrder().stream().map(SamplingState::step).toArray(FilterStep[]::new);
        this.endTokens = params.minTokens() > 0 ? ends.of(request) : NO_TOKENS;
        boolean isDry = params.dry().filter(dry -> dry.isActive()).isPresent();
        history =
                isDry || params.hasPenalties()
                        ? Optional.of(new TokenHistory(request.promptIds()))
                        : Optional.empty();
        counts = history.filter(any -> params.hasPenalties()).map(this::countsOf);
        passages = history.filter(any -> isDry).map(this::passagesOf);
        biases =
                Optional.of(params.logitBias()).filter(map -> !map.isEmpty()).map(LogitBiases::new);
        constraint = request.constraint().map(one -> new ConstraintMask(one, ends.vocabSize()));
    }

    private TokenCounts countsOf(TokenHistory tokens) {
        return new TokenCounts(
                tokens, params.hasRepetitionPenalty() ? params.repetitionWindow() : 0);
    }

    private RepeatedPassages passagesOf(TokenHistory tokens) {
        return new RepeatedPassages(params.dry().orElseThrow(), tokens);
    }

    private static FilterStep step(SamplingFilter filter) {
        return switch (filter) {
            case TEMPERATURE -> FilterStep.TEMPERATURE;
            case TOP_K -> FilterStep.TOP_K;
            case TYPICAL -> FilterStep.TYPICAL;
            case TOP_P -> FilterStep.TOP_P;
            case MIN_P -> FilterStep.MIN_P;
        };
    }

    /** Tokens drawn so far. */
    public int position() {
        return position;
    }

    /** Notes the drawn token and moves on to the next position. */
    public void advance(int token) {
        position++; // no lambdas below: each would be an object per token
        if (history.isPresent()) {
            history.get().add(token);
        }
        if (counts.isPresent()) {
            counts.get().addGenerated(token);
        }
        if (constraint.isPresent()) {
            constraint.get().accept(token);
        }
    }

    /** Whether the constraint is met and nothing but the end may follow. */
    public boolean isComplete() {
        return constraint.isPresent() && constraint.get().isComplete();
    }

    /** Why the sequence cannot go on, after {@link #fill} or {@link #advance}. */
    public Optional<String> failure() {
        return constraint.isPresent() ? constraint.get().failure() : Optional.empty();
    }

    /**
     * Fills row {@code row}; rows are filled in order from 0, as ranges of counts and edits follow
     * each other.
     */
    public void fill(SamplingBatch batch, int row) {
        boolean isGreedy = params.temperature() < GREEDY_BELOW;
        batch.temperature[row] = isGreedy ? 0 : params.temperature();
        batch.topK[row] = params.topK();
        batch.typicalP[row] = params.typicalP();
        batch.topP[row] = params.topP();
        batch.minP[row] = params.minP();
        batch.filters[row] = filters;
        batch.repetitionPenalty[row] = params.repetitionPenalty();
        batch.presencePenalty[row] = params.presencePenalty();
        batch.frequencyPenalty[row] = params.frequencyPenalty();
        batch.seed[row] = seed;
        batch.position[row] = position;
        batch.topCount[row] = topCount;
        batch.given[row] = SamplingBatch.NONE;
        fillCounts(batch, row);
        fillEdits(batch, row);
        batch.mask[row] = constraint.isPresent() ? constraint.get().next(heldBack()) : null;
    }

    private void fillCounts(SamplingBatch batch, int row) {
        batch.countStart[row + 1] = batch.countStart[row];
        if (counts.isPresent()) {
            counts.get().fill(batch, row);
        }
    }

    private void fillEdits(SamplingBatch batch, int row) {
        int end = batch.editStart[row];
        if (passages.isPresent()) {
            end = passages.get().fill(batch, end);
        }
        if (biases.isPresent()) {
            end = biases.get().fill(batch, end);
        }
        if (constraint.isEmpty()) {
            end = forbid(heldBack(), batch, end);
        }
        batch.editStart[row + 1] = end;
    }

    /** The tokens that may not end the text yet. */
    private int[] heldBack() {
        return position < params.minTokens() ? endTokens : NO_TOKENS;
    }

    private static int forbid(int[] tokens, SamplingBatch batch, int at) {
        batch.reserveEdits(at + tokens.length);
        for (int i = 0; i < tokens.length; i++) {
            batch.editToken[at + i] = tokens[i];
            batch.editValue[at + i] = Float.NEGATIVE_INFINITY;
        }
        return at + tokens.length;
    }
}
