package dev.nightjar.engine.format.sklearn.joblib;

import dev.nightjar.engine.format.ModelFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** How joblib compresses files, by their first bytes. */
enum Compression {
    ZLIB(0x78),
    GZIP(0x1f, 0x8b),
    BZ2('B', 'Z', 'h'),
    XZ(0xfd, '7', 'z', 'X', 'Z'),
    LZMA(0x5d, 0, 0),
    LZ4(0x04, 0x22, 0x4d, 0x18),
    OLD_JOBLIB('Z', 'F');

    private static final long MAX_BYTES = 1L << 30;
    private static final long LEAST = 64L << 20;
    private static final int TIMES = 200;
    private static final int CHUNK = 1 << 16;

    private final int[] head;

    Compression(int... head) {
        this.head = head;
    }

    static Optional<Compression> of(byte[] bytes) {
        return Arrays.stream(values()).filter(kind -> kind.begins(bytes)).findFirst();
    }

    private boolean begins(byte[] bytes) {
        if (bytes.length < head.length + 1) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if ((bytes[i] & 0xff) != head[i]) {
                return false;
            }
        }
        // The first two bytes of zlib are a multiple of 31, which keeps text from looking like it.
        return this != ZLIB || ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) % 31 == 0;
    }

    /** The bytes that were compressed, if they are not too many. */
    byte[] unpacked(byte[] bytes, String file) {
        if (this != ZLIB && this != GZIP) {
            throw new ModelFormatException(
                    ("%s: expected a file that is not compressed, or by zlib or gzip, found %s; load"
                                    + " it in Python and save it again:"
                                    + " joblib.dump(joblib.load(path), path, compress=(\"zlib\", 3))")
                            .formatted(file, name().toLowerCase(Locale.ROOT)));
        }
        long limit = Math.min(MAX_BYTES, LEAST + (long) TIMES * bytes.length);
        try (InputStream in = stream(new ByteArrayInputStream(bytes))) {
            return all(in, limit, file);
        } catch (IOException e) {
            throw new ModelFormatException(
                    "%s: expected compressed bytes, found damage: %s"
                            .formatted(file, e.getMessage()));
        }
    }

    private InputStream stream(InputStream in) throws IOException {
        return this == GZIP ? new GZIPInputStream(in, CHUNK) : new InflaterInputStream(in);
    }

    private static byte[] all(InputStream in, long limit, String file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            if (out.size() + (long) count > limit) {
                throw new ModelFormatException(
                        "%s: expected at most %d bytes once unpacked, found more"
                                .formatted(file, limit));
            }
            out.write(chunk, 0, count);
        }
        return out.toByteArray();
    }
}
