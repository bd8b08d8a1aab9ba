package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.sklearn.estimator.CentresReader;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.format.sklearn.transform.CodesReader;
import dev.nightjar.engine.format.sklearn.transform.ColumnsReader;
import dev.nightjar.engine.format.sklearn.transform.ImputerReader;
import dev.nightjar.engine.format.sklearn.transform.NumbersReader;
import dev.nightjar.engine.format.sklearn.transform.OneHotReader;
import dev.nightjar.engine.format.sklearn.transform.PipelineReader;
import dev.nightjar.engine.format.sklearn.transform.ProductsReader;
import dev.nightjar.engine.format.sklearn.transform.ProjectionReader;
import dev.nightjar.engine.format.sklearn.transform.ScalerReader;
import dev.nightjar.engine.format.sklearn.transform.SelectorReader;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The estimators that change features: a line for each group of classes with one reader. */
final class Transforms {

    /** Reads the state of an object of one class. */
    interface Reader {
        Transform read(PickledObject object, Estimators all);
    }

    private static final Map<String, Reader> READERS = new HashMap<>();

    static {
        add(
                "StandardScaler MinMaxScaler MaxAbsScaler RobustScaler",
                (o, all) -> new ScalerReader(o).read());
        add("Normalizer", (o, all) -> new NumbersReader(o).normalizer());
        add("Binarizer", (o, all) -> new NumbersReader(o).binarizer());
        add("FunctionTransformer", (o, all) -> new NumbersReader(o).function());
        add("QuantileTransformer", (o, all) -> new NumbersReader(o).quantiles());
        add("PowerTransformer", (o, all) -> new NumbersReader(o).power());
        add("KBinsDiscretizer", (o, all) -> new NumbersReader(o).bins());
        add("PolynomialFeatures", (o, all) -> new ProductsReader(o).read());
        add("SimpleImputer", (o, all) -> new ImputerReader(o).imputer());
        add("MissingIndicator", (o, all) -> new ImputerReader(o).indicator());
        add("OneHotEncoder", (o, all) -> new OneHotReader(o).read());
        add("OrdinalEncoder", (o, all) -> new CodesReader(o).ordinal());
        add("TargetEncoder", (o, all) -> new CodesReader(o).target());
        add("VarianceThreshold", (o, all) -> new SelectorReader(o).variance());
        add("SelectKBest SelectPercentile", (o, all) -> new SelectorReader(o).best());
        add("SelectFromModel", (o, all) -> new SelectorReader(o).fromModel());
        add("RFE RFECV SequentialFeatureSelector", (o, all) -> new SelectorReader(o).support());
        add(
                "PCA IncrementalPCA TruncatedSVD FastICA",
                (o, all) -> new ProjectionReader(o).components());
        add("LinearDiscriminantAnalysis", (o, all) -> new ProjectionReader(o).discriminants());
        add("KMeans MiniBatchKMeans", (o, all) -> new CentresReader(o).distances());
        add("ColumnTransformer", (o, all) -> new ColumnsReader(o, all).columns());
        add("FeatureUnion", (o, all) -> new ColumnsReader(o, all).union());
        add("Pipeline", (o, all) -> new PipelineReader(o, all).transform());
    }

    private Transforms() {}

    private static void add(String classes, Reader reader) {
        for (String name : classes.split(" ")) {
            READERS.put(name, reader);
        }
    }

    static Optional<Reader> reader(PickledObject object) {
        return Optional.ofNullable(READERS.get(object.className()));
    }
}
