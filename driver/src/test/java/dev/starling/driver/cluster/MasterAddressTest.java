package dev.starling.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterAddressTest {
    @Test
    void aStandaloneMasterMayHaveSeveralAddresses() {
        assertThat(MasterAddress.of("spark://one:7077,[::1]:7078"))
                .containsExactly(new Endpoint("one", 7077), new Endpoint("[::1]", 7078));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[2]", "local-cluster[2,2,1024]", "yarn", "k8s://https://host:6443"})
    void otherMastersAreNotLookedAt(String master) {
        assertThat(MasterAddress.of(master)).isEmpty();
        assertThatCode(() -> MasterAddress.requireReachable(master)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://", "spark://host", "spark://host:99999", "spark://host:7077,"})
    void whatIsNoAddressIsWrongInput(String master) {
        assertThatThrownBy(() -> MasterAddress.of(master))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read master " + master + " (expected spark://host:port)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"local-cluster[2,2]", "local-cluster", "local-cluster[2,0,1024]", "local-cluster[a,1,1024]"})
    void aLocalClusterThatIsNotWholeNamesTheForm(String master) {
        assertThatThrownBy(() -> MasterAddress.requireReadable(master))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read master " + master + " (expected local-cluster[workers,cores,MiB])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[two]", "local[0]", "local[", "localhost"})
    void aLocalMasterWithoutThreadsNamesTheForm(String master) {
        assertThatThrownBy(() -> MasterAddress.requireReadable(master))
                .hasMessage("Cannot read master " + master + " (expected local, local[threads] or local[*])");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local",
                "local[2]",
                "local[*]",
                "local[*,3]",
                "local[2, 3]",
                "local-cluster[2, 1, 1024]",
                "yarn",
                "spark://host:7077",
                "k8s://https://host:6443"
            })
    void whatSparkReadsIsReadable(String master) {
        assertThatCode(() -> MasterAddress.requireReadable(master)).doesNotThrowAnyException();
    }

    @Test
    void oneAddressAtWhichSomebodyListensIsEnough() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + server.getLocalPort();
            assertThatCode(() -> MasterAddress.requireReachable("spark://127.0.0.1:1," + there))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> MasterAddress.requireReachable("spark://127.0.0.1:1"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot reach Spark's master spark://127.0.0.1:1: ");
    }
}
