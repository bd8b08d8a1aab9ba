package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The cosine of each pair of vectors as a matrix. */
final class SimilarityTable implements VectorWriter {

    /** More columns cannot be read, and take their square in memory. */
    private static final int MAX_TEXTS = 256;

    private static final int TEXT_CHARACTERS = 24;

    private final PrintStream out;
    private final List<String> texts = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();

    /**
     * Refuses too many before anything is computed.
     *
     * @throws InvalidRequestException if there are
     */
    static SimilarityTable of(int numTexts, PrintStream out) {
        if (numTexts > MAX_TEXTS) {
            throw new InvalidRequestException(
                    "format",
                    "--format similarity draws at most %d texts, found %d; use --format json"
                            .formatted(MAX_TEXTS, numTexts));
        }
        return new SimilarityTable(out);
    }

    private SimilarityTable(PrintStream out) {
        this.out = out;
    }

    @Override
    public void add(String text, float[] vector) {
        texts.add(text);
        vectors.add(vector);
    }

    @Override
    public void end() {
        Align[] aligns = new Align[vectors.size() + 2];
        Arrays.fill(aligns, Align.RIGHT);
        aligns[1] = Align.LEFT;
        TextTable table = new TextTable(aligns);
        table.row(head());
        for (int i = 0; i < vectors.size(); i++) {
            table.row(row(i));
        }
        table.print(out);
    }

    private String[] head() {
        String[] cells = new String[vectors.size() + 2];
        cells[0] = "";
        cells[1] = "text";
        for (int i = 0; i < vectors.size(); i++) {
            cells[i + 2] = Integer.toString(i + 1);
        }
        return cells;
    }

    private String[] row(int index) {
        String[] cells = new String[vectors.size() + 2];
        cells[0] = Integer.toString(index + 1);
        cells[1] = ShortText.of(texts.get(index), TEXT_CHARACTERS);
        for (int i = 0; i < vectors.size(); i++) {
            double cosine = Cosine.of(vectors.get(index), vectors.get(i));
            cells[i + 2] = String.format(Locale.ROOT, "%.4f", cosine);
        }
        return cells;
    }
}
