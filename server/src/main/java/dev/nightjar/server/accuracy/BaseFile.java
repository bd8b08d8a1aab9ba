package dev.nightjar.server.accuracy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Logits of a run in two bytes each, for comparison later. All numbers are big-endian.
 *
 * <table>
 * <caption>File</caption>
 * <tr><th>bytes</th><th>content</th></tr>
 * <tr><td>8</td><td>{@code NJLOGIT1}</td></tr>
 * <tr><td>3 x 4</td><td>V, tokens per chunk n, chunks c</td></tr>
 * <tr><td>4 n c</td><td>token ids of the chunks</td></tr>
 * <tr><td>(8 + 2 V) s c</td><td>for each of the s = n - n / 2 - 1 scored tokens of a chunk: the smallest logit and the
 * width of a step as f32, and V logits as uint16 steps</td></tr>
 * </table>
 *
 * <p>A step is the range of the row by 65,535, some ten-thousandths of a unit.
 */
public final class BaseFile {

    private static final long MAGIC = 0x4e4a4c4f47495431L;
    private static final int MAX_STEP = 65_535;
    private static final int HEAD_BYTES = 20;
    private static final int MAX_VOCABULARY = 1 << 24;
    private static final int BUFFER = 1 << 16;

    private BaseFile() {}

    /** Appends rows as they are computed. For one thread. */
    public static final class Writer implements ChunkedText.Scorer, AutoCloseable {

        private final DataOutputStream out;
        private byte[] steps = new byte[0];

        /** Creates the file. */
        public Writer(Path file, ChunkedText text, int vocabSize) throws IOException {
            OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
            out = new DataOutputStream(bytes);
            out.writeLong(MAGIC);
            out.writeInt(vocabSize);
            out.writeInt(text.size());
            out.writeInt(text.chunks().size());
            for (int[] chunk : text.chunks()) {
                for (int id : chunk) {
                    out.writeInt(id);
                }
            }
        }

        @Override
        public void accept(float[] logits, int next) {
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (float logit : logits) {
                min = Math.min(min, logit);
                max = Math.max(max, logit);
            }
            float width = (max - min) / MAX_STEP;
            if (!Float.isFinite(width)) {
                throw new IllegalStateException("the model computed logits that are not numbers");
            }
            if (steps.length != 2 * logits.length) {
                steps = new byte[2 * logits.length];
            }
            for (int i = 0; i < logits.length; i++) {
                int step =
                        width == 0 ? 0 : Math.min(MAX_STEP, Math.round((logits[i] - min) / width));
                steps[2 * i] = (byte) (step >>> 8);
                steps[2 * i + 1] = (byte) step;
            }
            try {
                out.writeFloat(min);
                out.writeFloat(width);
                out.write(steps);
            } catch (IOException failed) {
                throw new UncheckedIOException("writing the base failed", failed);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads the rows one after the other. For one thread. */
    public static final class Reader implements AutoCloseable {

        private final DataInputStream in;
        private final int vocabSize;
        private final ChunkedText text;
        private final byte[] steps;
        private final float[] row;

        /**
         * Opens a file and reads its text.
         *
         * @throws IllegalArgumentException if it is not such a file, or cut short
         */
        public Reader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            try {
                long size = Files.size(file);
                if (size < HEAD_BYTES || in.readLong() != MAGIC) {
                    throw new IllegalArgumentException(
                            file + ": expected a file that kl --save-base wrote, found another");
                }
                vocabSize = in.readInt();
                int chunkSize = in.readInt();
                int numChunks = in.readInt();
                requireSizes(file, size, chunkSize, numChunks);
                text = readText(chunkSize, numChunks);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
            steps = new byte[2 * vocabSize];
            row = new float[vocabSize];
        }

        private void requireSizes(Path file, long size, long chunkSize, long numChunks) {
            boolean isSane =
                    vocabSize > 0
                            && vocabSize <= MAX_VOCABULARY
                            && chunkSize >= 4
                            && numChunks > 0
                            && chunkSize * numChunks <= size / 4;
            long rows = (chunkSize - chunkSize / 2 - 1) * numChunks;
            if (!isSane
                    || size
                            != HEAD_BYTES
                                    + 4 * chunkSize * numChunks
                                    + rows * (8 + 2L * vocabSize)) {
                throw new IllegalArgumentException(
                        "%s: %d bytes do not fit %d chunks of %d tokens of %d logits; it was cut or damaged"
                                .formatted(file, size, numChunks, chunkSize, vocabSize));
            }
        }

        private ChunkedText readText(int chunkSize, int numChunks) throws IOException {
            List<int[]> chunks = new ArrayList<>();
            for (int c = 0; c < numChunks; c++) {
                int[] ids = new int[chunkSize];
                for (int i = 0; i < chunkSize; i++) {
                    ids[i] = in.readInt();
                }
                chunks.add(ids);
            }
            return new ChunkedText(chunks);
        }

        /** V. */
        public int vocabSize() {
            return vocabSize;
        }

        /** The text that was scored. */
        public ChunkedText text() {
            return text;
        }

        /** The next row {@code [V]}, valid until the next call. */
        public float[] next() {
            try {
                float min = in.readFloat();
                float width = in.readFloat();
                in.readFully(steps);
                for (int i = 0; i < row.length; i++) {
                    int step = (steps[2 * i] & 0xff) << 8 | steps[2 * i + 1] & 0xff;
                    row[i] = min + width * step;
                }
                return row;
            } catch (IOException failed) {
                throw new UncheckedIOException("reading the base failed", failed);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
