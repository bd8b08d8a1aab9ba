package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import java.util.Optional;

/**
 * Attention and feed-forward side by side: {@code x += mixer(norm(x)) + mlp(norm(x))}, with one
 * norm for both or one each.
 */
public final class ParallelBlock implements Block {

    private final Backend backend;
    private final Norm norm;
    private final Optional<Norm> mlpNorm;
    private final Mixer mixer;
    private final Mlp mlp;

    /** Takes the parts; without {@code mlpNorm} both read the result of {@code norm}. */
    public ParallelBlock(Backend backend, Norm norm, Optional<Norm> mlpNorm, Mixer mixer, Mlp mlp) {
        this.backend = backend;
        this.norm = norm;
        this.mlpNorm = mlpNorm;
        this.mixer = mixer;
        this.mlp = mlp;
    }

    @Override
    public void forward(ForwardBatch batch, KvStore kv, Workspace space) {
        int T = batch.numTokens();
        Matrix hidden = space.hidden();
        Matrix normed = space.normed();
        norm.forward(hidden, T, normed);
        mixer.forward(normed, batch, kv, space, space.branch());
        if (mlpNorm.isPresent()) {
            mlpNorm.get().forward(hidden, T, normed);
        }
        mlp.forward(normed, T, space, space.secondBranch());
        backend.add(hidden, space.branch(), T);
        backend.add(hidden, space.secondBranch(), T);
    }
}
