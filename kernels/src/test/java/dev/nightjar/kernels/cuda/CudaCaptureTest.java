package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.cuda.driver.CudaContext;
import dev.nightjar.kernels.cuda.driver.CudaException;
import dev.nightjar.kernels.cuda.driver.CudaGraph;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;
import dev.nightjar.kernels.cuda.driver.CudaLibrary;
import dev.nightjar.kernels.cuda.driver.CudaModule;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import dev.nightjar.kernels.cuda.driver.Staging;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recording launches: what becomes of them, and what may not be done meanwhile. */
class CudaCaptureTest {

    private static final int COUNT = 5;
    private static final int UNSUPPORTED = 900;
    private static final int INVALIDATED = 901;

    private final Arena arena = Arena.ofShared();
    private Device device;

    @BeforeEach
    void open() {
        EmulatedDevice.open(ActivationPrecision.EXACT).close();
        device = new Device();
    }

    @AfterEach
    void close() {
        if (device != null) {
            device.close();
        }
        arena.close();
    }

    /** A device with the kernels and one row of numbers, all of them 1. */
    private static final class Device implements AutoCloseable {
        final CudaContext context;
        final CudaModule module;
        final DeviceMemory memory;
        final Staging staging;
        final CudaLaunch launch;
        final long row;

        Device() {
            var found = (CudaLibrary.Found) CudaLibrary.find();
            context = new CudaContext(found.driver(), found.devices().getFirst());
            module = new CudaModule(context, KernelImage.of(context.device()));
            memory = new DeviceMemory(context);
            staging = new Staging(context);
            launch = new CudaLaunch(context);
            row = memory.allocate(COUNT * Float.BYTES, DeviceMemory.Purpose.SCRATCH);
            staging.load(MemorySegment.ofArray(new float[] {1, 1, 1, 1, 1}), row);
        }

        /** Multiplies the row. */
        void scale(float factor) {
            launch.of(module.kernel("scale_rows"))
                    .wide(row)
                    .wide(COUNT)
                    .real(factor)
                    .number(COUNT)
                    .run(1, 1, 1, 32, 0);
        }

        float[] read() {
            float[] values = new float[COUNT];
            staging.download(row, MemorySegment.ofArray(values));
            return values;
        }

        @Override
        public void close() {
            memory.close();
            staging.close();
            launch.close();
            module.close();
            context.close();
        }
    }

    private void assertRow(float expected) {
        assertArrayEquals(
                new float[] {expected, expected, expected, expected, expected}, device.read());
    }

    @Test
    void launchesKeepTheirArgumentsAndRunWhenTheGraphDoes() {
        CudaGraph graph =
                device.context.capture(
                        () -> {
                            device.scale(2);
                            device.scale(3);
                        });
        assertRow(1);
        device.scale(5);
        graph.launch();
        graph.launch();
        assertRow(5 * 6 * 6);
        int before = EmulatedDevice.graphs();
        graph.close();
        assertEquals(before - 1, EmulatedDevice.graphs());
    }

    private void assertRefused(int code, Runnable launches) {
        int before = EmulatedDevice.graphs();
        var refusal =
                assertThrows(CudaException.class, () -> device.context.capture(launches).close());
        assertEquals(code, refusal.code(), refusal.getMessage());
        assertEquals(before, EmulatedDevice.graphs());
        assertRow(1);
    }

    @Test
    void whatTheDriverForbidsEndsTheCaptureAndLeavesNothing() {
        device.scale(1);
        assertRefused(UNSUPPORTED, device.context::synchronize);
        assertRefused(UNSUPPORTED, () -> device.memory.allocate(8, DeviceMemory.Purpose.SCRATCH));
        MemorySegment pageable = arena.allocate(ValueLayout.JAVA_FLOAT, COUNT);
        assertRefused(UNSUPPORTED, () -> device.context.upload(pageable, device.row));
        assertRefused(
                INVALIDATED,
                () -> {
                    device.scale(7);
                    assertThrows(CudaException.class, device.context::synchronize);
                    assertThrows(CudaException.class, () -> device.scale(7));
                });
        try (CudaGraph graph = device.context.capture(() -> device.scale(3))) {
            graph.launch();
        }
        assertRow(3);
    }

    @Test
    void anExceptionOfTheLaunchesEndsTheCapture() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        device.context.capture(
                                () -> {
                                    device.scale(2);
                                    throw new IllegalStateException("planted");
                                }));
        assertRow(1);
    }

    /** A model loads while another one's step is recorded, and is there before it ends. */
    @Test
    void weightsArriveDuringACapture() throws Exception {
        long weights = device.memory.allocate(COUNT * Float.BYTES, DeviceMemory.Purpose.WEIGHTS);
        MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4, 5);
        try (CudaGraph graph =
                device.context.capture(
                        () -> {
                            device.scale(2);
                            runBeside(() -> device.staging.load(values, weights));
                            device.scale(3);
                        })) {
            graph.launch();
        }
        assertRow(6);
        float[] arrived = new float[COUNT];
        device.staging.download(weights, MemorySegment.ofArray(arrived));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5}, arrived);
    }

    private static void runBeside(Runnable work) {
        Thread thread = Thread.ofPlatform().start(work);
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertFalse(thread.isAlive(), "what loads waits for a capture");
    }

    /** What others send to the ops' stream neither becomes a part of the graph nor ends it. */
    @Test
    void copiesOfOtherThreadsWaitForACapture() throws Exception {
        MemorySegment ones = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 1, 1, 1, 1);
        Thread copies =
                Thread.ofPlatform()
                        .unstarted(
                                () -> {
                                    device.staging.upload(ones, device.row);
                                    device.context.synchronize();
                                });
        CudaGraph graph =
                device.context.capture(
                        () -> {
                            copies.start();
                            while (copies.getState() != Thread.State.WAITING) {
                                Thread.onSpinWait();
                            }
                            device.scale(2);
                        });
        copies.join();
        graph.launch();
        graph.launch();
        assertRow(4);
        graph.close();
    }

    /** Launches a graph whose memory was given back. */
    static final class Stale {

        public static void main(String[] args) {
            try (Device device = new Device()) {
                CudaGraph graph = device.context.capture(() -> device.scale(2));
                device.memory.free(device.row);
                device.memory.allocate(COUNT * Float.BYTES, DeviceMemory.Purpose.SCRATCH);
                graph.launch();
            } catch (CudaException found) {
                System.out.println("error " + found.code());
            }
        }
    }

    @Test
    void theEmulatedDeviceFindsGraphsOfFreedMemory() {
        var outcome = EmulatedDevice.runJava(Stale.class, List.of(), List.of());
        assertTrue(outcome.output().contains("points to memory that was freed"), outcome.output());
    }
}
