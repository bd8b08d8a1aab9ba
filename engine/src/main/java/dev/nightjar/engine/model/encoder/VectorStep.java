package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.DenseActivation;
import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import java.util.Arrays;
import java.util.List;

/** What is done to the pooled vectors of a step. */
interface VectorStep {

    /** From x [S, in], which it may overwrite, to [S, out]; valid until the next step. */
    Matrix forward(Matrix x, int S);

    /** A projection with an activation. */
    record Projection(Backend backend, Linear linear, DenseActivation activation, GrowingMatrix out)
            implements VectorStep {

        @Override
        public Matrix forward(Matrix x, int S) {
            Matrix y = out.withRows(S);
            linear.forward(x, S, y);
            switch (activation) {
                case IDENTITY -> {}
                case TANH -> backend.softCap(y, 1, S);
                case RELU -> backend.activate(Activation.RELU, y, S);
                case GELU -> backend.activate(Activation.GELU, y, S);
                case SILU -> backend.activate(Activation.SILU, y, S);
            }
            return y;
        }
    }

    /**
     * Length 1: {@code x / sqrt(mean(x²) + eps) * 1/sqrt(C)}, where eps only keeps zeros from
     * becoming NaN.
     */
    record UnitLength(Backend backend, Weight factor) implements VectorStep {

        private static final float EPS = 1e-30f;

        static UnitLength of(Backend backend, int size) {
            float[] factors = new float[size];
            Arrays.fill(factors, (float) (1 / Math.sqrt(size)));
            return new UnitLength(
                    backend,
                    backend.prepare(WeightUse.VECTOR, List.of(HostVector.tensor(factors))));
        }

        @Override
        public Matrix forward(Matrix x, int S) {
            backend.rmsNorm(x, factor, EPS, S, x);
            return x;
        }
    }
}
