package dev.nightjar.engine.tabular;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Rows of numbers in text files. */
public final class NumberFiles {

    private NumberFiles() {}

    /** Numbers between tabs, commas or spaces, one row a line; some first columns left out. */
    public static double[][] rows(Path file, int skipped) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(
                        line ->
                                Arrays.stream(line.strip().split("[\t, ]+"))
                                        .skip(skipped)
                                        .mapToDouble(NumberFiles::number)
                                        .toArray())
                .toArray(double[][]::new);
    }

    private static double number(String word) {
        return word.equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(word);
    }

    /** A label, then {@code index:value}; what is not named has a given value. */
    public static double[][] libsvm(Path file, int numColumns, double absent) throws IOException {
        List<String> lines = Files.readAllLines(file);
        double[][] rows = new double[lines.size()][numColumns];
        for (int r = 0; r < rows.length; r++) {
            Arrays.fill(rows[r], absent);
            String[] words = lines.get(r).strip().split(" +");
            for (int i = 1; i < words.length; i++) {
                String[] pair = words[i].split(":");
                int column = Integer.parseInt(pair[0]);
                if (column < numColumns) {
                    rows[r][column] = Double.parseDouble(pair[1]);
                }
            }
        }
        return rows;
    }

    /** The table of some rows, cut or filled with NaN to a width. */
    public static Table table(double[][] rows, int width) {
        double[] all = new double[rows.length * width];
        Arrays.fill(all, Double.NaN);
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, all, r * width, Math.min(width, rows[r].length));
        }
        return Table.of(rows.length, width, all);
    }
}
