package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.cuda.driver.CudaDevice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The kernels as the driver takes them: the PTX of this jar, or a file that is named instead. */
final class KernelImage {

    /** Names a file with other kernels: PTX, a cubin, or what an emulated driver takes. */
    static final String PROPERTY = "nightjar.cuda.kernels";

    private KernelImage() {}

    static byte[] of(CudaDevice device) {
        String named = System.getProperty(PROPERTY);
        try {
            return named == null ? packed(resource(device)) : Files.readAllBytes(Path.of(named));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the kernels that -D%s names cannot be read: %s".formatted(PROPERTY, named), e);
        }
    }

    /** PTX of 90a runs on capability 9.0 and on no other; that of 80 on all from 8.0 on. */
    static String resource(CudaDevice device) {
        boolean isHopper = device.capabilityMajor() == 9 && device.capabilityMinor() == 0;
        return isHopper ? "nightjar-90a.ptx.gz" : "nightjar-80.ptx.gz";
    }

    /** The PTX of such a resource. */
    static byte[] packed(String name) throws IOException {
        try (InputStream in = KernelImage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "this jar has no kernels %s; build it with native/ptx in place"
                                .formatted(name));
            }
            try (InputStream text = new GZIPInputStream(in)) {
                return text.readAllBytes();
            }
        }
    }
}
