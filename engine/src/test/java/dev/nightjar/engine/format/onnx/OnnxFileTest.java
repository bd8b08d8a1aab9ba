package dev.nightjar.engine.format.onnx;

import static dev.nightjar.engine.format.onnx.OnnxGraphs.floats;
import static dev.nightjar.engine.format.onnx.OnnxGraphs.node;
import static dev.nightjar.engine.format.onnx.OnnxGraphs.tensor;
import static dev.nightjar.engine.format.onnx.OnnxGraphs.text;
import static dev.nightjar.engine.format.onnx.OnnxGraphs.whole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.protobuf.ProtoWriter;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read from files, how rows become inputs, and what is refused. */
class OnnxFileTest {
    private static final String ML = "ai.onnx.ml";

    @Test
    void aScaler() {
        ProtoWriter scaler =
                node(ML, "Scaler")
                        .message(5, floats("offset", 1, 2))
                        .message(5, floats("scale", 10, 100));
        TabularModel model = read(OnnxGraphs.of(2, scaler));
        assertEquals("ONNX, Scaler", model.description());
        assertEquals(List.of(), model.featureNames());
        assertEquals(List.of(-1L, 2L), model.schema().inputs().getFirst().shape().orElseThrow());
        Predictions found = model.predict(Table.of(2, 2, 1, 2, 3, 4), PredictionKind.VALUE);
        assertEquals(ValueType.FLOAT32, found.type());
        assertArrayEquals(new double[] {0, 0, 20, 200}, found.values());
    }

    @Test
    void columnsOfNumbersAndText() throws IOException {
        TabularModel model = resource("pipeline.onnx");
        assertEquals(List.of("age", "height", "color"), model.featureNames());
        assertEquals(Set.of(2), model.textFeatures());
        assertEquals("string", model.schema().inputs().get(2).type().columnName());
        Table rows =
                Table.of(
                        2,
                        new double[] {20, 180, 0, Double.NaN, 150, 0},
                        new String[][] {null, null, {"red", "unknown"}});
        Predictions labels = model.predict(rows, PredictionKind.VALUE);
        assertEquals(ValueType.TEXT, labels.type());
        Predictions scores = model.predict(rows, PredictionKind.PROBABILITY);
        List<String> classes = List.of("high", "low", "mid");
        for (int r = 0; r < 2; r++) {
            int chosen = classes.indexOf(labels.texts().get(r));
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                assertTrue(scores.value(r, k) <= scores.value(r, chosen));
                sum += scores.value(r, k);
            }
            assertEquals(1, sum, 1e-6);
        }
    }

    /** What one row gets does not depend on the rows beside it. */
    @Test
    void rowsAloneAndTogether() throws IOException {
        for (String name : List.of("boosted_small", "svc_3_proba", "mlp", "trees_v5")) {
            TabularModel model = resource(name + ".onnx");
            Table two = Table.of(2, 4, 0.5, -1, 2, 0.25, 1, 1, -0.5, 3);
            Predictions both = model.predict(two, PredictionKind.VALUE);
            for (int r = 0; r < 2; r++) {
                Table one = Table.of(1, 4, Arrays.copyOfRange(two.numbers(), r * 4, r * 4 + 4));
                Predictions alone = model.predict(one, PredictionKind.VALUE);
                for (int k = 0; k < both.width(); k++) {
                    assertEquals(both.value(r, k), alone.value(0, k), name);
                }
            }
        }
    }

    @Test
    void noRows() throws IOException {
        Predictions none =
                resource("boosted_small.onnx")
                        .predict(Table.of(0, 4, new double[0]), PredictionKind.VALUE);
        assertEquals(0, none.numRows());
    }

    @Test
    void anOperatorThatIsNotSupported() {
        refused(OnnxGraphs.of(2, node("", "Einsum")), "ai.onnx.Einsum of version 13");
        refused(OnnxGraphs.of(2, node(ML, "Oracle")), "ai.onnx.ml.Oracle of version 3");
        refused(OnnxGraphs.of(2, node("acme", "Add")), "acme.Add of version 0");
        refused(OnnxGraphs.of(2, node(ML, "DictVectorizer")), "map");
    }

    @Test
    void attributesThatAreNotKnown() {
        refused(
                OnnxGraphs.of(2, node("", "Neg").message(5, whole("axis", 1))),
                "ai.onnx.Neg: axis: expected attributes");
        refused(
                OnnxGraphs.of(2, node(ML, "Normalizer").message(5, text("norm", "L3"))),
                "expected one of [MAX, L1, L2], found L3");
        refused(
                OnnxGraphs.of(2, node(ML, "Normalizer").message(5, whole("norm", 1))),
                "norm: expected text");
    }

    @Test
    void elementsInOtherFiles() {
        ProtoWriter constant =
                tensor("c", 1, 2)
                        .message(13, new ProtoWriter().text(1, "location").text(2, "/etc/passwd"))
                        .varint(14, 1);
        refused(OnnxGraphs.of(2, node("", "Add", "c"), constant), "external data");
    }

    @Test
    void elementsThatDoNotFillTheShape() {
        ProtoWriter constant = tensor("c", 1, 1L << 20, 1L << 20).bytes(9, new byte[8]);
        refused(OnnxGraphs.of(2, node("", "Add", "c"), constant), "expected an array of at most");
        ProtoWriter few = tensor("c", 1, 3).bytes(9, new byte[8]);
        refused(OnnxGraphs.of(2, node("", "Add", "c"), few), "expected 12 bytes, found 8");
    }

    /** An array that the file only names the size of. */
    @Test
    void sizesAreBounded() {
        ProtoWriter shape = tensor("c", 7, 2).varint(7, 20_000).varint(7, 5_000);
        ProtoWriter only = new ProtoWriter().text(1, "c").text(2, "y").text(4, "ConstantOfShape");
        refused(OnnxGraphs.of(2, only, shape), "expected work for at most");
    }

    @Test
    void functionsOfTheModelsOwn() {
        byte[] file =
                OnnxGraphs.model(OnnxGraphs.graph(2, node("", "Neg")))
                        .message(25, new ProtoWriter().text(1, "f"))
                        .toBytes();
        refused(file, "functions");
    }

    @Test
    void valuesThatNobodyMade() {
        refused(OnnxGraphs.of(2, node("", "Add", "nothing")), "\"nothing\"");
    }

    @Test
    void shapesThatDoNotFitAreFoundWhenItIsOpened() {
        ProtoWriter weights = tensor("w", 1, 3, 1).bytes(9, new byte[12]);
        refused(OnnxGraphs.of(2, node("", "MatMul", "w"), weights), "ai.onnx.MatMul");
    }

    @Test
    void rowsThatDoNotFit() throws IOException {
        TabularModel model = resource("pipeline.onnx");
        assertThrows(
                InvalidRequestException.class,
                () -> model.predict(Table.of(1, 3, 1, 2, 3), PredictionKind.VALUE));
        assertThrows(
                InvalidRequestException.class,
                () -> model.predict(Table.of(1, 2, 1, 2), PredictionKind.VALUE));
    }

    static TabularModel resource(String name) throws IOException {
        return read(bytes(name));
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = OnnxFileTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static TabularModel read(byte[] file) {
        assertTrue(OnnxFile.isOnnx(file));
        return OnnxFile.read(file, "test.onnx");
    }

    private static void refused(byte[] file, String part) {
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> OnnxFile.read(file, "test.onnx"));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
        assertTrue(refused.getMessage().startsWith("test.onnx: "), refused.getMessage());
    }
}
