package dev.nightjar.engine.format.sklearn;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Small models of every class, with what scikit-learn says about a few rows. */
final class Goldens {

    private Goldens() {}

    /** Files by their name, for instance {@code 00012/model.bin}. */
    static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream packed = Goldens.class.getResourceAsStream("goldens.zip.gz");
                ZipInputStream zip = new ZipInputStream(new GZIPInputStream(packed))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
