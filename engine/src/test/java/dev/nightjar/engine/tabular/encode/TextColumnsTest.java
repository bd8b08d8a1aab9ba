package dev.nightjar.engine.tabular.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.linear.LinearFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import dev.nightjar.engine.tabular.transform.Join;
import dev.nightjar.engine.tabular.transform.PipelineModel;
import dev.nightjar.engine.tabular.transform.Select;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A size and a colour, which is red, blue or missing, in a sum of size + 10 red + 20 blue. */
class TextColumnsTest {
    private static final TabularModel MODEL = model(OneHot.REFUSED);

    private static TabularModel model(int unknown) {
        Categories colours =
                Categories.ofText(
                        List.of(Optional.of("red"), Optional.of("blue"), Optional.empty()));
        int[] places = {0, 1, OneHot.NONE};
        OneHot oneHot = new OneHot(List.of(new OneHot.Feature(colours, places, unknown, 2)));
        Join join =
                new Join(
                        2,
                        List.of(
                                new Join.Part(new int[] {0}, Select.all(1)),
                                new Join.Part(new int[] {1}, oneHot)));
        TabularModel sum =
                ScoredModelBuilder.numbers(
                                "a sum",
                                new LinearFunction(new double[] {1, 10, 20}, new double[1]),
                                ValueType.FLOAT64)
                        .build();
        return new PipelineModel(List.of(join), sum, List.of("size", "colour"));
    }

    private static double[] predict(TabularModel model, String... words) {
        TableBuilder rows = new TableBuilder(model);
        for (int i = 0; i < words.length; i += 2) {
            rows.addRow();
            rows.setWord(0, words[i]);
            rows.setWord(1, words[i + 1]);
        }
        return model.predict(rows.build(), PredictionKind.VALUE).values();
    }

    @Test
    void textIsToldFromNumbers() {
        assertEquals(Set.of(1), MODEL.textFeatures());
        assertEquals(ValueType.TEXT, MODEL.schema().inputs().get(1).type());
        assertArrayEquals(
                new double[] {12, 23, 4}, predict(MODEL, "2", "red", "3", "blue", "4", ""));
    }

    @Test
    void unknownCategoriesAreRefusedOrLeftOut() {
        InvalidRequestException refused =
                assertThrows(
                        InvalidRequestException.class,
                        () -> predict(MODEL, "1", "red", "2", "green"));
        assertTrue(refused.getMessage().contains("row 1, column 0"), refused.getMessage());
        assertTrue(refused.getMessage().contains("green"), refused.getMessage());
        assertArrayEquals(new double[] {2}, predict(model(OneHot.NONE), "2", "green"));
    }

    @Test
    void missingNumbersAreRefused() {
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> predict(MODEL, "", "red"));
        assertTrue(refused.getMessage().contains("missing"), refused.getMessage());
    }

    @Test
    void numbersWhereTextBelongsAreRefused() {
        assertThrows(
                InvalidRequestException.class,
                () -> MODEL.predict(Table.of(1, 2, 1, 2), PredictionKind.VALUE));
    }

    @Test
    void gapsInTextAreFilled() {
        Impute impute =
                new Impute(
                        Double.NaN,
                        new double[] {7, Double.NaN},
                        List.of(Optional.empty(), Optional.of("none")));
        Table filled =
                impute.apply(
                        Table.of(
                                2,
                                new double[] {Double.NaN, 0, 1, 0},
                                new String[][] {null, {null, "red"}}));
        assertEquals(7, filled.number(0, 0));
        assertEquals(Optional.of("none"), filled.text(0, 1));
        assertEquals(Optional.of("red"), filled.text(1, 1));
    }
}
