package dev.nightjar.kernels.cuda.driver;

import dev.nightjar.kernels.cuda.binding.CudaHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * The driver's library as a value: found with its devices, or absent with the reason. Asking never
 * throws, so that a machine without a GPU differs from one with a GPU in nothing but this value.
 */
public sealed interface CudaLibrary {

    /**
     * A driver that runs the kernels on at least one device.
     *
     * @param driver its calls
     * @param version 13000 for CUDA 13.0
     * @param path where the library was found
     * @param devices all of them, capable or not
     */
    record Found(CudaDriver driver, int version, String path, List<CudaDevice> devices)
            implements CudaLibrary {}

    /**
     * Nothing to compute on.
     *
     * @param reason what was looked for, what was found, what to do
     * @param devices those that are too old, if any
     */
    record Absent(String reason, List<CudaDevice> devices) implements CudaLibrary {}

    /** The devices that the driver knows, capable or not. */
    List<CudaDevice> devices();

    /** Loads the library, if there is one, and asks it for devices. */
    static CudaLibrary find() {
        LibrarySearch search = LibrarySearch.ofThisProcess();
        try {
            return search.load()
                    .map(CudaLibrary::ask)
                    .orElseGet(() -> new Absent(search.refusal(), List.of()));
        } catch (CudaException failure) {
            return new Absent(failure.getMessage(), List.of());
        } catch (LinkageError incomplete) {
            return new Absent(
                    "the driver's library lacks a function (%s); update the driver"
                            .formatted(incomplete.getMessage()),
                    List.of());
        }
    }

    private static CudaLibrary ask(String path) {
        CudaDriver driver = new CudaDriver();
        int problem = CudaHeader.cuInit(0);
        if (problem != CudaHeader.CUDA_SUCCESS()) {
            return new Absent(
                    problem == CudaHeader.CUDA_ERROR_NO_DEVICE()
                            ? path + " finds no GPU; is one installed and visible to this process?"
                            : "%s cannot start (%s); does nvidia-smi work?"
                                    .formatted(path, driver.nameOf(problem)),
                    List.of());
        }
        int version = driver.version();
        List<CudaDevice> devices = new ArrayList<>();
        for (int ordinal = 0; ordinal < driver.numDevices(); ordinal++) {
            devices.add(driver.device(ordinal));
        }
        if (version < CudaHeader.CUDA_VERSION()) {
            return new Absent(
                    "the driver is one of CUDA %s, the kernels need %s; update the driver"
                            .formatted(dotted(version), dotted(CudaHeader.CUDA_VERSION())),
                    List.copyOf(devices));
        }
        if (devices.stream().noneMatch(CudaDevice::isCapable)) {
            return new Absent(
                    devices.isEmpty()
                            ? path + " finds no GPU; is one installed and visible to this process?"
                            : "no GPU has compute capability 8.0 or above",
                    List.copyOf(devices));
        }
        return new Found(driver, version, path, List.copyOf(devices));
    }

    private static String dotted(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }
}
