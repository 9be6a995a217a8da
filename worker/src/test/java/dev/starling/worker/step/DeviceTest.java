package dev.starling.worker.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.cpu.nativecpu.CpuAffinityManager;

/** The choice of a device, against a stand-in for CUDA's affinity manager that only remembers: where these tests run there is no GPU. */
class DeviceTest {
    private static class Devices extends CpuAffinityManager {
        private final int count;
        private int current;

        private Devices(int count) {
            this.count = count;
        }

        @Override
        public int getNumberOfDevices() {
            return count;
        }

        @Override
        public void unsafeSetDevice(Integer device) {
            current = device;
        }

        @Override
        public Integer getDeviceForCurrentThread() {
            return current;
        }
    }

    @Test
    void theThreadIsAttachedToTheGpuThatTheTaskWasGiven() {
        Devices devices = new Devices(4);
        assertThat(Device.attach(List.of("2"), 0, devices)).isEqualTo("gpu 2");
        assertThat(devices.current).isEqualTo(2);
    }

    @Test
    void tasksThatWereGivenNoneShareTheDevicesByTheirIndex() {
        assertThat(IntStream.range(0, 5).mapToObj(index -> Device.attach(List.of(), index, new Devices(2))))
                .containsExactly("gpu 0", "gpu 1", "gpu 0", "gpu 1", "gpu 0");
    }

    @Test
    void moreThanOneGpuForAReplicaIsWrongInput() {
        assertThatThrownBy(() -> Device.attach(List.of("0", "1"), 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot train a replica on 2 GPUs: [0, 1] (expected spark.task.resource.gpu.amount=1)");
    }

    @Test
    void anAddressThatIsNoDeviceIsWrongInput() {
        for (String address : List.of("2", "GPU-4f1d", "-1")) {
            assertThatThrownBy(() -> Device.attach(List.of(address), 0, new Devices(2)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("gpu " + address + " (expected a number from 0 to 1,");
        }
    }

    @Test
    void aDeviceThatDoesNotTakeTheThreadIsNoDevice() {
        Devices stuck = new Devices(2) {
            @Override
            public void unsafeSetDevice(Integer device) {
                // As a driver that refuses.
            }
        };
        assertThatThrownBy(() -> Device.attach(List.of("1"), 0, stuck)).hasMessageContaining("its thread is on 0");
    }

    @Test
    void withoutTheCudaBackendItIsTheProcessorAndSaysWhichGpuLiesIdle() {
        assertThat(Device.attach(List.of(), 3)).isEqualTo("cpu");
        assertThat(Device.attach(List.of("1"), 0)).isEqualTo("cpu (gpu 1 is not used: the backend is the processor's)");
    }
}
