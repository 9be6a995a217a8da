package dev.starling.driver.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {
    @Test
    void ofNoValuesIsThatOfNoBytes() {
        assertThat(Digest.sha256(new float[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    /** {@code printf '\0\0\200\77\0\0\0\300' | sha256sum}: 1 and −2, low byte first. */
    @Test
    void isOfLittleEndianFloats() {
        assertThat(Digest.sha256(new float[] {1f, -2f}))
                .isEqualTo("ee4ac73c2bd27756ab82780f27c73a7bc4d3f0bb6acb37e008bc27eccd7e588b");
    }

    @Test
    void seesOneBitInAVectorLongerThanAChunk() {
        float[] values = new float[40_000];
        String before = Digest.sha256(values);
        values[39_999] = Float.MIN_VALUE;
        assertThat(Digest.sha256(values)).isNotEqualTo(before);
    }
}
