package dev.starling.worker.step;

import dev.starling.worker.InvalidInput;
import java.util.List;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where a thread's operations run: on the processor, or on one GPU, of which a replica uses exactly one. Without the CUDA backend (build profile {@code cuda}, and a GPU that its libraries find) it is the processor, whatever GPU
 * a task was given. CUDA's attachment belongs to the thread, as ND4J's random numbers do.
 */
public final class Device {
    private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

    private Device() {}

    /**
     * Attaches the calling thread; to be called on the thread of a step, before the step is made.
     *
     * @param addresses of the GPUs that the cluster gave to this task; empty where it gave none
     * @param index of the task, ≥ 0: chooses among the machine's devices where the cluster gave none
     * @return what provenance says: {@code cpu} or {@code gpu N}, and a note
     * @throws InvalidInput if the task was given more than one, or one that is not there
     */
    public static String attach(List<String> addresses, int index) {
        requireOne(addresses);
        if (!isCuda()) {
            return addresses.isEmpty()
                    ? "cpu"
                    : "cpu (gpu " + addresses.get(0) + " is not used: the backend is the processor's)";
        }
        return attach(addresses, index, Nd4j.getAffinityManager());
    }

    static String attach(List<String> addresses, int index, AffinityManager devices) {
        requireOne(addresses);
        int count = devices.getNumberOfDevices();
        int device = addresses.isEmpty() ? index % count : number(addresses.get(0), count);
        devices.unsafeSetDevice(device);
        int found = devices.getDeviceForCurrentThread();
        if (found != device) {
            throw new IllegalStateException("Cannot attach a replica to gpu " + device + ": its thread is on " + found);
        }
        return "gpu " + device;
    }

    /** Whether ND4J computes on GPUs. It takes a second to start, so it is asked only where the backend's classes are there at all. */
    public static boolean isCuda() {
        try {
            Class.forName(CUDA, false, Device.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return false;
        }
        return Nd4j.getBackend().getClass().getName().equals(CUDA);
    }

    private static void requireOne(List<String> addresses) {
        if (addresses.size() > 1) {
            throw new InvalidInput("Cannot train a replica on " + addresses.size() + " GPUs: " + addresses
                    + " (expected spark.task.resource.gpu.amount=1)");
        }
    }

    private static int number(String address, int count) {
        if (address.matches("[0-9]{1,4}") && Integer.parseInt(address) < count) {
            return Integer.parseInt(address);
        }
        throw new InvalidInput("Cannot train on gpu " + address + " (expected a number from 0 to " + (count - 1)
                + ", as deploy/gpu-discovery prints it)");
    }
}
