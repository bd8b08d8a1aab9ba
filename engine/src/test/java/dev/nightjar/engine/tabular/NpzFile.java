package dev.nightjar.engine.tabular;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Arrays that numpy saved. */
public final class NpzFile {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '([<|]\\w\\d)'.*'shape': \\((\\d*)");

    private NpzFile() {}

    /** One array as rows; a vector is one number a row. */
    public static double[][] rows(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] bytes = zip.getInputStream(zip.getEntry(name + ".npy")).readAllBytes();
            ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int end = 10 + all.getShort(8);
            Matcher header =
                    HEADER.matcher(new String(bytes, 10, end - 10, StandardCharsets.ISO_8859_1));
            if (!header.find()) {
                throw new IOException("no array: " + name);
            }
            all.position(end);
            int numRows = Integer.parseInt(header.group(2));
            boolean isDouble = header.group(1).equals("<f8");
            int width = all.remaining() / (isDouble ? 8 : 4) / numRows;
            double[][] rows = new double[numRows][width];
            for (double[] row : rows) {
                for (int i = 0; i < width; i++) {
                    row[i] = isDouble ? all.getDouble() : all.getFloat();
                }
            }
            return rows;
        }
    }
}
