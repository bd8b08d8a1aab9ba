package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.BackendProvider;
import dev.nightjar.kernels.backend.DeviceReport;
import dev.nightjar.kernels.cuda.driver.CudaDevice;
import dev.nightjar.kernels.cuda.driver.CudaLibrary;
import java.util.List;
import java.util.Optional;

/**
 * Offers the GPU. The driver is looked for when somebody asks for a GPU or for what there is, never
 * at the start of a process that computes on the processor.
 */
public final class CudaProvider implements BackendProvider {

    /** Chooses one of several GPUs by its number. */
    static final String DEVICE_PROPERTY = "nightjar.cuda.device";

    /** For the service loader. */
    public CudaProvider() {}

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public String device() {
        return "cuda";
    }

    /** Before the processor's, for whoever takes any device. */
    @Override
    public int priority() {
        return 20;
    }

    @Override
    public Optional<String> refusal() {
        return CudaLibrary.find() instanceof CudaLibrary.Absent absent
                ? Optional.of(absent.reason())
                : Optional.empty();
    }

    @Override
    public DeviceReport report() {
        CudaLibrary library = CudaLibrary.find();
        List<CudaDevice> devices = library.devices();
        return new DeviceReport(
                name(), device(), devices.stream().map(CudaDevice::describe).toList(), refusal());
    }

    /** The device that {@value #DEVICE_PROPERTY} names, else the first capable one. */
    @Override
    public Backend open(BackendOptions options) {
        return switch (CudaLibrary.find()) {
            case CudaLibrary.Absent absent -> throw new IllegalStateException(absent.reason());
            case CudaLibrary.Found found ->
                    new CudaBackend(found.driver(), chosen(found), options.activations());
        };
    }

    private static CudaDevice chosen(CudaLibrary.Found found) {
        Integer ordinal = Integer.getInteger(DEVICE_PROPERTY);
        return found.devices().stream()
                .filter(CudaDevice::isCapable)
                .filter(device -> ordinal == null || device.ordinal() == ordinal)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "-D%s=%d names no device that the kernels run on; there are %s"
                                                .formatted(
                                                        DEVICE_PROPERTY,
                                                        ordinal,
                                                        found.devices().stream()
                                                                .map(CudaDevice::describe)
                                                                .toList())));
    }
}
