package dev.nightjar.server.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void quantilesLieOnStraightLinesBetweenValues() {
        Sample sample = Sample.of(40, 10, 30, 20, 50);
        assertEquals(10, sample.min());
        assertEquals(50, sample.max());
        assertEquals(30, sample.median());
        assertEquals(48, sample.quantile(0.95), 1e-9);
        assertEquals(46, sample.quantile(0.9), 1e-9);
        assertEquals(25, Sample.of(10, 20, 30, 40).median());
        assertEquals(7, Sample.of(7).quantile(0.99));
        assertEquals(List.of(10.0, 20.0, 30.0, 40.0, 50.0), sample.curve(4));
    }

    @Test
    void meanAndItsErrorAreThoseOfTheFormula() {
        Sample sample = Sample.of(1, 2, 3, 4);
        assertEquals(2.5, sample.mean());
        assertEquals(Math.sqrt(5.0 / 3 / 4), sample.standardError(), 1e-12);
        assertEquals(0, Sample.of(3).standardError());
    }

    @Test
    void nothingHasNoMedian() {
        assertTrue(Sample.of().isEmpty());
        assertThrows(IllegalStateException.class, () -> Sample.of().median());
    }

    @Property(tries = 200)
    void quantilesAscend(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -9, max = 9) Double> values) {
        Sample sample = Sample.of(values);
        List<Double> curve = sample.curve(50);
        for (int i = 1; i < curve.size(); i++) {
            assertTrue(curve.get(i) >= curve.get(i - 1) - 1e-12);
        }
        assertTrue(sample.mean() >= sample.min() - 1e-9 && sample.mean() <= sample.max() + 1e-9);
    }
}
