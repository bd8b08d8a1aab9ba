package dev.nightjar.engine.tabular.neural;

import dev.nightjar.engine.tabular.score.PerRow;
import java.util.List;

/**
 * A network of layers, each fully connected to the one before.
 *
 * @param layers at least one
 */
public record Perceptron(List<Layer> layers) implements PerRow {

    /**
     * One layer.
     *
     * @param weights [inputs, outputs]
     * @param constants [outputs]
     * @param activation of its sums
     */
    public record Layer(double[] weights, double[] constants, Activation activation) {

        double[] of(double[] inputs) {
            double[] sums = constants.clone();
            for (int i = 0; i < inputs.length; i++) {
                for (int o = 0; o < sums.length; o++) {
                    sums[o] += inputs[i] * weights[i * sums.length + o];
                }
            }
            activation.apply(sums);
            return sums;
        }
    }

    @Override
    public int numInputs() {
        Layer first = layers.getFirst();
        return first.weights.length / first.constants.length;
    }

    @Override
    public int numOutputs() {
        return layers.getLast().constants.length;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        double[] values = new double[numInputs()];
        System.arraycopy(rows, from, values, 0, values.length);
        for (Layer layer : layers) {
            values = layer.of(values);
        }
        System.arraycopy(values, 0, scores, to, values.length);
    }
}
