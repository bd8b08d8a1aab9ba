package dev.nightjar.engine.tabular.graph.trees;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.Value;
import dev.nightjar.engine.tabular.graph.estimator.Rows;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import dev.nightjar.engine.tabular.tree.model.TreeModel;
import dev.nightjar.engine.tabular.tree.model.TreeModelBuilder;
import java.util.List;

/**
 * A tree ensemble as a regressor or a classifier. Features are compared, and leaves added, in
 * double if they come as doubles, else in float; then base values are added, and the result is
 * float.
 */
public final class TreeScores implements Operator {
    private final String file;
    private final TreeVotes votes;
    private final TreeFinish finish;
    private TreeModel model;
    private boolean isDouble;

    /** An operator; the trees are laid out when it first sees rows. */
    public TreeScores(String file, TreeVotes votes, TreeFinish finish) {
        this.file = file;
        this.votes = votes;
        this.finish = finish;
    }

    @Override
    public List<Value> run(Arguments arguments) {
        Rows rows = Rows.of(arguments);
        int outputs = votes.numOutputs();
        NumberArray scores =
                arguments.budget().numbers(ElementType.FLOAT, new Shape(rows.numRows(), outputs));
        double[] sums =
                model(rows)
                        .predict(
                                Table.of(rows.numRows(), rows.width(), rows.values()),
                                PredictionKind.RAW)
                        .values();
        System.arraycopy(sums, 0, scores.numbers(), 0, sums.length);
        Precision precision = rows.isDouble() ? Precision.DOUBLE : Precision.FLOAT;
        return finish.run(scores, precision, arguments.budget());
    }

    /** Rows of one model are all of one width and one type. */
    private synchronized TreeModel model(Rows rows) {
        if (model == null) {
            isDouble = rows.isDouble();
            model = laidOut(rows.width());
        }
        if (model.numFeatures() != rows.width() || isDouble != rows.isDouble()) {
            throw new ModelFormatException(
                    "expected rows of %d features of one type, found %d"
                            .formatted(model.numFeatures(), rows.width()));
        }
        return model;
    }

    private TreeModel laidOut(int width) {
        TreeEnsembleBuilder builder =
                new TreeEnsembleBuilder(file, width, votes.numOutputs(), votes.leafWidth());
        votes.trees().forEach(builder::add);
        Precision precision = isDouble ? Precision.DOUBLE : Precision.FLOAT;
        Scoring scoring =
                new Scoring(
                        new double[votes.numOutputs()], votes.aggregation(), precision, precision);
        return new TreeModelBuilder("trees", builder.build(), scoring).build();
    }
}
