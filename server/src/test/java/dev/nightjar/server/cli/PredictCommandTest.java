package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in, predictions out, on a model of one tree. */
class PredictCommandTest {
    private static final String MODEL =
            """
            {"learner": {"feature_names": ["size", "age"], "gradient_booster": {"name": "gbtree",
             "model": {"tree_info": [0], "trees": [{"tree_param": {"num_nodes": "5"},
               "left_children": [1, -1, 3, -1, -1], "right_children": [2, -1, 4, -1, -1],
               "split_indices": [0, 0, 1, 0, 0], "split_conditions": [2, 0.5, 10, 1.5, 2.5],
               "default_left": [1, 0, 0, 0, 0], "sum_hessian": [8, 2, 6, 3, 3]}]}},
             "learner_model_param": {"base_score": "0", "num_feature": "2"},
             "objective": {"name": "reg:squarederror"}}, "version": [2, 1, 0]}
            """;

    @TempDir private Path folder;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = Files.writeString(folder.resolve("model.json"), MODEL);
    }

    private record Outcome(int code, String out, String err) {}

    private Outcome predict(String input, String... flags) {
        List<String> args = new ArrayList<>(List.of("predict", model.toString()));
        args.addAll(List.of(flags));
        return run(input, args);
    }

    private static Outcome run(String input, List<String> args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Cli.Streams streams =
                new Cli.Streams(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Cli.run(args.toArray(String[]::new), streams);
        streams.out().flush();
        return new Outcome(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Three rows: 0.5 as size is missing, 1.5, 2.5.
                "'age,size\n3,\n9.5,2\n10,\"7\"\n' | ''",
                "',3\n2,9.5\n7,10\n' | --no-header",
                "'{\"age\":3,\"size\":null}\n{\"size\":2,\"age\":9.5}\n[7,10]\n' | ''",
                "'0 1:3\n1 0:2 1:9.5\n0 0:7 1:10 # end\n' | ''",
                "'size\tage\nnan\t3\n2\t9.5\n7\t10\n' | --json"
            })
    void rowsOfEveryFormat(String input, String flag) {
        Outcome outcome = flag.isEmpty() ? predict(input) : predict(input, flag);
        assertEquals("", outcome.err);
        assertEquals("0.5\n1.5\n2.5\n", outcome.out);
        assertEquals(0, outcome.code);
    }

    @Test
    void leavesAndContributions() {
        assertEquals("3\n", predict("[2,3]", "--leaves").out);
        Outcome parts = predict("[2,3]", "--contributions", "--json");
        assertTrue(parts.out.startsWith("[") && parts.out.split(",").length == 3, parts.out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'size,height\n1,2\n' | missing age; unknown height",
                "'1,2\n3,4\n' | --no-header",
                "'size,age\n1,2\n3\n' | line 3: expected 2 fields, found 1",
                "'size,age\n1,old\n' | column age: expected a number, found \"old\"",
                "'[1,2,3]' | expected 2 features, found 3",
                "'{\"size\":1' | line 1",
                "'0 5:1\n' | expected features 0 to 1, found 5"
            })
    void errorsNameTheLine(String input, String part) {
        Outcome outcome = predict(input);
        assertEquals(2, outcome.code, outcome.err);
        assertTrue(outcome.err.contains(part), outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
    }

    @Test
    void aModelCannotGiveWhatItDoesNotHave() {
        Outcome outcome = predict("[1,2]", "--proba");
        assertEquals(2, outcome.code);
        assertTrue(outcome.err.contains("PROBABILITY"), outcome.err);
    }

    @Test
    void withoutAModelTheSmallDemo() {
        String rows =
                """
                season,hours_of_dark,temperature,snow_cm,moonlight,age_years
                0,15,-12,30,0.1,0.5
                3,12,9,,0.5,4
                """;
        Outcome outcome = run(rows, List.of("predict"));
        assertEquals("0.099612646\n0.8370251\n", outcome.out, outcome.err);
    }

    @Test
    void inspectShowsTheTrees() {
        Outcome outcome = run("", List.of("inspect", model.toString()));
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.out.contains("XGBoost gbtree, reg:squarederror"), outcome.out);
        assertTrue(outcome.out.matches("(?s).*names +size, age.*"), outcome.out);
    }
}
