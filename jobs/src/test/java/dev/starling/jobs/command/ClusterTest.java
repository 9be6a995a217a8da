package dev.starling.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
    @ParameterizedTest
    @ValueSource(strings = {"local", "local[2]", "local[*]", "local[2, 3]", "local-cluster[2,1,1024]"})
    void isOneMachine(String master) {
        assertThat(Cluster.isLocal(master)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://local:7077", "yarn", "k8s://https://local", "localhost"})
    void isSeveralMachines(String master) {
        assertThat(Cluster.isLocal(master)).isFalse();
    }
}
