package dev.nightjar.server.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.server.api.IgnoredFields;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.error.ErrorTable;
import dev.nightjar.server.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** O31, O32: every shape of rows, each type, and what does not fit named. */
final class RowsBodyTest {

    /**
     * A model that computes nothing: a number, an integer, a flag and a text that may be absent.
     */
    private record Typed(List<String> featureNames, TabularSchema schema, Set<Integer> textFeatures)
            implements TabularModel {

        static final Typed COLUMNS =
                new Typed(
                        List.of("size", "rooms", "new", "town"),
                        new TabularSchema(
                                List.of(
                                        Field.column("size", ValueType.FLOAT64),
                                        Field.column("rooms", ValueType.INT32),
                                        Field.column("new", ValueType.BOOLEAN),
                                        new Field(
                                                Optional.of("town"),
                                                ValueType.TEXT,
                                                Optional.empty(),
                                                false)),
                                List.of()),
                        Set.of(3));

        static final Typed MATRIX =
                new Typed(
                        List.of(),
                        TabularSchema.matrix(ValueType.FLOAT64, 3, ValueType.FLOAT64, 1),
                        Set.of());

        @Override
        public String description() {
            return "typed";
        }

        @Override
        public int numFeatures() {
            return featureNames.isEmpty() ? 3 : featureNames.size();
        }

        @Override
        public Set<PredictionKind> kinds() {
            return Set.of(PredictionKind.VALUE);
        }

        @Override
        public Map<String, String> details() {
            return Map.of();
        }

        @Override
        public Predictions predict(Table rows, PredictionKind kind) {
            throw new UnsupportedOperationException("nothing is computed here");
        }
    }

    private static Table read(String body, TabularModel model) {
        byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return RowsBody.read(
                new RequestField("", JsonReader.readOfPython(json), new IgnoredFields()), model);
    }

    private static String shown(Table table) {
        return IntStream.range(0, table.numRows())
                .mapToObj(
                        r ->
                                IntStream.range(0, table.numColumns())
                                        .mapToObj(
                                                c ->
                                                        table.isText(c)
                                                                ? table.text(r, c).orElse("-")
                                                                : String.valueOf(
                                                                        table.number(r, c)))
                                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2, 3]                          | 1.0 2.0 3.0",
                "[1, null, NaN]                     | 1.0 NaN NaN",
                "[1e400, -Infinity, 0.5]            | Infinity -Infinity 0.5",
                "[[1, 2, 3], [4, 5, 6]]             | 1.0 2.0 3.0; 4.0 5.0 6.0",
                "{'inputs': [1, 2, 3]}              | 1.0 2.0 3.0",
                "{'inputs': [[1, 2, 3]]}            | 1.0 2.0 3.0",
                "{'instances': [[1, 2, 3], [4, 5, 6]], 'x': 1} | 1.0 2.0 3.0; 4.0 5.0 6.0",
                "{'instances': [1, 2, 3], 'params': {}} | 1.0 2.0 3.0",
                "{'dataframe_split': {'data': [[1, 2, 3]]}} | 1.0 2.0 3.0",
                "{'dataframe_split': {'columns': ['a', 'b', 'c'], 'index': [0],"
                        + " 'data': [[1, 2, 3]]}} | 1.0 2.0 3.0"
            })
    void rowsWithoutNames(String body, String rows) {
        assertEquals(rows, shown(read(body, Typed.MATRIX)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[7, 3, true, 'Oslo']               | 7.0 3.0 1.0 Oslo",
                "[7.5, 3.0, false, null]            | 7.5 3.0 0.0 -",
                "{'dataframe_records': [{'town': 'Oslo', 'new': true, 'rooms': 3, 'size': 7},"
                        + "{'size': null, 'rooms': 4, 'new': false}] } |"
                        + " 7.0 3.0 1.0 Oslo; NaN 4.0 0.0 -",
                "{'instances': [{'town': 'Oslo', 'new': true, 'rooms': 3, 'size': 7}]} |"
                        + " 7.0 3.0 1.0 Oslo",
                "{'dataframe_split': {'columns': ['new', 'town', 'size', 'rooms'],"
                        + " 'data': [[true, 'Oslo', 7, 3], [false, null, 8, 4]]}} |"
                        + " 7.0 3.0 1.0 Oslo; 8.0 4.0 0.0 -",
                "{'inputs': {'rooms': [3, 4], 'new': [true, false], 'size': [7, NaN]}} |"
                        + " 7.0 3.0 1.0 -; NaN 4.0 0.0 -",
                "{'inputs': {'rooms': 3, 'new': true, 'size': 7, 'town': 'Oslo'}} |"
                        + " 7.0 3.0 1.0 Oslo"
            })
    void rowsWithNames(String body, String rows) {
        assertEquals(rows, shown(read(body, Typed.COLUMNS)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2]              | the row must have 3 features, shape [-1, 3], found 2",
                "[]                  | the row must have 3 features, shape [-1, 3], found 0",
                "[[1, 2, 3], [4, 5]] | [1] must have 3 features, shape [-1, 3], found 2",
                "[[1, 2, 3], 4]      | [1] must be a row, an array or an object, found an integer",
                "[1, 'two', 3]       | [1] must be a number (double), found the string 'two'",
                "[[1, true, 3]]      | [0][1] must be a number (double), found a boolean",
                "[[[1, 2, 3]]]       | [0] must have 3 features, shape [-1, 3], found 1",
                "{'inputs': 'text'}  | inputs must be an array of rows, found a string",
                "{'inputs': []}      | inputs must have 3 features",
                "{'instances': [[1, 2]]} | instances[0] must have 3 features",
                "{'dataframe_records': [{'a': 1}]} | dataframe_records[0] must be an array, as this"
                        + " model's features have no names",
                "{'dataframe_records': []} | dataframe_records must have at least one row, found 0",
                "{'dataframe_split': {'columns': ['a'], 'data': [[1]]}} | expected 3 columns, found"
                        + " 1",
                "{'dataframe_split': {}} | dataframe_split.data is required",
                "{'inputs': [1, 2, 3], 'instances': [1, 2, 3]} | found inputs and instances",
                "{'rows': [1, 2, 3]} | an object with one of inputs, instances, dataframe_split,"
                        + " dataframe_records; found none",
                "{'inputs': [1, 2, 3], 'params': {'x': 1}} | params is not supported",
                "3                   | the body must be an array of rows of 3 features"
            })
    void refused(String body, String message) {
        assertRefused(body, Typed.MATRIX, message);
    }

    /** As MLflow enforces them: no fraction becomes an integer, no integer becomes a flag. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[7, 3.5, true, 'x']  | [1] must be an integer (integer), found 3.5",
                "[7, null, true, 'x'] | [1] must be an integer (integer), found null",
                "[7, 3000000000, true, 'x'] | [1] must be an integer (integer), found 3000000000",
                "[7, 3, 1, 'x']       | [2] must be a boolean (boolean), found 1",
                "[7, 3, true, 4]      | [3] must be a string (string), found 4",
                "{'dataframe_records': [{'size': 7, 'rooms': 'x', 'new': true}]} |"
                        + " dataframe_records[0].rooms must be an integer",
                "{'dataframe_records': [{'size': 7, 'new': true}]} | missing rooms",
                "{'dataframe_records': [{'size': 7, 'rooms': 1, 'new': true, 'garden': 1}]} |"
                        + " unknown garden",
                "{'dataframe_split': {'columns': ['new', 'size', 'rooms'],"
                        + " 'data': [[true, 7, 3.5]]}} | dataframe_split.data[0][2] must be an"
                        + " integer",
                "{'dataframe_split': {'columns': ['new', 'size', 'rooms'], 'data': [[true, 7]]}} |"
                        + " dataframe_split.data[0] must have 3 values, one for each column, found"
                        + " 2",
                "{'inputs': {'rooms': [3, 4], 'new': [true], 'size': [7, 8]}} |"
                        + " inputs.new must have 2 values, as many as rooms has, found 1"
            })
    void typesAreEnforced(String body, String message) {
        assertRefused(body, Typed.COLUMNS, message);
    }

    private static void assertRefused(String body, TabularModel model, String message) {
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> read(body, model), body);
        assertEquals(400, ErrorTable.of(refused).status(), refused.toString());
        assertTrue(
                ErrorTable.of(refused).message().contains(message),
                () -> ErrorTable.of(refused).message());
    }

    @Test
    void moreRowsThanOneRequestMayHave() {
        String many = "[1,2,3],".repeat(RowsBody.MAX_ROWS) + "[1,2,3]";
        assertRefused("[" + many + "]", Typed.MATRIX, "at most 100000 rows, found 100001");
    }
}
