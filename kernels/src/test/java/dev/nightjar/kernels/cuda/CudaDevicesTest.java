package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceChoice;
import dev.nightjar.kernels.backend.DeviceReport;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import dev.nightjar.kernels.cuda.driver.CudaLibrary;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One of several GPUs is the one that computes and whose memory is taken. */
class CudaDevicesTest {

    private static final long BYTES = 1 << 20;

    /** Opens the devices that its arguments name, on a machine with three. */
    static final class Program {

        public static void main(String[] args) {
            Backends.devices().stream()
                    .filter(report -> report.device().equals("cuda"))
                    .flatMap(report -> report.found().stream())
                    .map(DeviceReport.Found::id)
                    .forEach(id -> System.out.println("found " + id));
            for (String device : args) {
                System.out.println(device + " " + opened(device));
            }
            System.out.println(used());
        }

        private static String opened(String device) {
            var options = new BackendOptions(Optional.empty(), 1);
            try (var backend = Backends.open(options.withDevice(DeviceChoice.parse(device)))) {
                float[] read = new float[1];
                var buffer = backend.allocate(1);
                buffer.write(0, new float[] {7}, 0, 1);
                buffer.read(0, read, 0, 1);
                return "opened %s, %.0f".formatted(backend.device(), read[0]);
            } catch (IllegalStateException refused) {
                return "refused: " + refused.getMessage();
            }
        }

        /** Bytes that the devices miss while the second one's memory is taken. */
        private static String used() {
            if (!(CudaLibrary.find() instanceof CudaLibrary.Found found)
                    || found.devices().size() < 2) {
                return "no second device";
            }
            try (var first = new CudaContext(found.driver(), found.devices().get(0));
                    var second = new CudaContext(found.driver(), found.devices().get(1));
                    var memory = new DeviceMemory(second)) {
                memory.allocate(BYTES, DeviceMemory.Purpose.WEIGHTS);
                return "used %d and %d".formatted(used(first), used(second));
            }
        }

        private static long used(CudaContext context) {
            return context.memory().total() - context.memory().free();
        }
    }

    @Test
    void theNumberChoosesTheDevice() {
        List<String> said =
                EmulatedDevice.runJava(
                                Program.class,
                                List.of("cuda", "cuda:2", "cuda:3", "auto"),
                                List.of(),
                                "NIGHTJAR_EMULATION_DEVICES",
                                "3")
                        .output()
                        .lines()
                        .toList();
        assertEquals(List.of("found cuda:0", "found cuda:1", "found cuda:2"), said.subList(0, 3));
        assertEquals("cuda opened cuda:0, 7", said.get(3));
        assertEquals("cuda:2 opened cuda:2, 7", said.get(4));
        String refused = said.get(5);
        assertTrue(refused.startsWith("cuda:3 refused: there is no cuda:3"), refused);
        assertTrue(refused.contains("the driver finds 3 GPUs"), refused);
        assertTrue(refused.contains("cuda:2 host emulation"), refused);
        assertEquals("auto opened cuda:0, 7", said.get(6));
        assertEquals("used 0 and " + BYTES, said.get(7));
    }

    @Test
    void aDeviceThatIsTooOldIsNamed() {
        String said =
                EmulatedDevice.runJava(
                                Program.class,
                                List.of("cuda:0"),
                                List.of(),
                                "NIGHTJAR_EMULATION_CAPABILITY",
                                "7")
                        .output();
        assertTrue(said.contains("found cuda:0"), said);
        assertTrue(said.contains("no GPU has compute capability 8.0 or above"), said);
    }

    @Test
    void theFormsAreRead() {
        assertEquals(DeviceChoice.CUDA, DeviceChoice.parse("Cuda"));
        assertEquals(DeviceChoice.cuda(11), DeviceChoice.parse("cuda:11"));
        assertEquals("cuda:11", DeviceChoice.cuda(11).toString());
        assertEquals("auto", DeviceChoice.AUTO.toString());
        for (String wrong : List.of("", "cuda:", "cuda:-1", "cuda:1000", "cpu:0", "gpu")) {
            var refused =
                    assertThrows(IllegalArgumentException.class, () -> DeviceChoice.parse(wrong));
            assertTrue(refused.getMessage().contains(DeviceChoice.FORMS), refused::getMessage);
        }
    }
}
