package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.encoder.Classification.ScoredLabel;
import dev.nightjar.engine.format.ScoreKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {

    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final float[] RAW = {-1, 2, 0};

    private static List<ScoredLabel> of(ScoreKind kind) {
        return Scores.of(kind, LABELS, RAW);
    }

    @Test
    void labelsThatExcludeEachOtherSumToOne() {
        List<ScoredLabel> scored = of(ScoreKind.ONE_OF_ALL);
        assertEquals(List.of("b", "c", "a"), scored.stream().map(ScoredLabel::label).toList());
        assertEquals(1, scored.stream().mapToDouble(ScoredLabel::score).sum(), 1e-6);
        double sum = Math.exp(-1) + Math.exp(2) + 1;
        assertEquals(Math.exp(2) / sum, scored.getFirst().score(), 1e-6);
    }

    @Test
    void labelsByThemselvesAreSigmoids() {
        List<ScoredLabel> scored = of(ScoreKind.EACH_BY_ITSELF);
        assertEquals(List.of("b", "c", "a"), scored.stream().map(ScoredLabel::label).toList());
        for (ScoredLabel label : scored) {
            assertEquals(1 / (1 + Math.exp(-label.rawScore())), label.score(), 1e-6);
        }
    }

    @Test
    void quantitiesStayAsTheyAre() {
        for (ScoredLabel label : of(ScoreKind.QUANTITIES)) {
            assertEquals(label.rawScore(), label.score());
        }
    }
}
