package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import java.util.List;
import java.util.Optional;

/**
 * Feed-forward in which a router chooses k of E experts per token, beside an optional expert that
 * all tokens use. Everything stays on the device: chosen experts and their weights are buffers.
 */
public final class MixtureOfExperts implements Mlp {

    private final Backend backend;
    private final ExpertRouting routing;
    private final Router router;
    private final ExpertProjection gateUp;
    private final ExpertProjection down;
    private final Gate gate;
    private final Optional<SharedExpert> shared;

    /**
     * How experts are chosen.
     *
     * @param projection to {@code [T, E]}
     * @param selectionBias {@code [E]}
     */
    public record Router(Linear projection, Optional<Weight> selectionBias) {}

    /**
     * The matrices of all experts and the biases of their results, per part of the columns.
     *
     * @param weight of {@link Backend#expertMatmul}
     * @param parts columns of the result that have biases
     */
    public record ExpertProjection(Weight weight, List<Part> parts) {

        /**
         * Columns {@code [from, from + count)}.
         *
         * @param biases per expert {@code [E, count]}, prepared as an embedding
         */
        public record Part(int from, int count, Weight biases) {}
    }

    /** The element-wise function between the projections. */
    public interface Gate {

        /** out [n, F] from gateUp [n, 2F]. */
        void apply(Matrix gateUp, int n, Matrix out);
    }

    /**
     * The expert of all tokens.
     *
     * @param mlp its layers
     * @param gate projection to {@code [T, 1]} whose sigmoid weights it, if there is one
     */
    public record SharedExpert(Mlp mlp, Optional<Linear> gate) {}

    /** Takes the layer's weights; see the records. */
    public MixtureOfExperts(
            Backend backend,
            ExpertRouting routing,
            Router router,
            ExpertProjection gateUp,
            ExpertProjection down,
            Gate gate,
            Optional<SharedExpert> shared) {
        this.backend = backend;
        this.routing = routing;
        this.router = router;
        this.gateUp = gateUp;
        this.down = down;
        this.gate = gate;
        this.shared = shared;
    }

    @Override
    public void forward(Matrix x, int T, Workspace space, Matrix out) {
        Workspace.Experts experts = space.experts();
        int k = routing.numUsed();
        int n = T * k;
        router.projection.forward(x, T, experts.scores());
        backend.routeExperts(
                experts.scores(),
                routing,
                router.selectionBias,
                T,
                experts.chosen(),
                experts.weights());
        project(gateUp, experts.chosen(), k, x, n, experts.gateUp());
        gate.apply(experts.gateUp(), n, experts.activated());
        project(down, experts.chosen(), 1, experts.activated(), n, experts.results());
        backend.combineExperts(experts.results(), experts.weights(), T, out);
        if (shared.isPresent()) {
            addShared(shared.get(), x, T, space, out);
        }
    }

    private void project(
            ExpertProjection projection,
            IndexBuffer chosen,
            int fanOut,
            Matrix x,
            int n,
            Matrix out) {
        backend.expertMatmul(projection.weight, chosen, fanOut, x, n, out);
        for (int i = 0; i < projection.parts.size(); i++) {
            ExpertProjection.Part part = projection.parts.get(i);
            Matrix columns = out.columns(part.from, part.count);
            backend.addExpertBias(columns, part.biases, chosen, n);
        }
    }

    private void addShared(SharedExpert expert, Matrix x, int T, Workspace space, Matrix out) {
        Workspace.Experts experts = space.experts();
        expert.mlp.forward(x, T, space, experts.shared());
        if (expert.gate.isPresent()) {
            expert.gate.get().forward(x, T, experts.sharedGate());
            backend.sigmoidGate(experts.shared(), experts.sharedGate(), T);
        }
        backend.add(out, experts.shared(), T);
    }
}
