package dev.starling.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenanceJsonTest {
    @Test
    void readsWhatItWroteAtTheStart() {
        assertThat(ProvenanceJson.parse(ProvenanceJson.write(Examples.started()), "p"))
                .isEqualTo(Examples.started());
    }

    @Test
    void readsWhatItWroteAtTheEnd() {
        assertThat(ProvenanceJson.parse(ProvenanceJson.write(Examples.finished()), "p"))
                .isEqualTo(Examples.finished());
    }

    @Test
    void writesTheContractsKeys() {
        assertThat(ProvenanceJson.write(Examples.finished()))
                .startsWith("{\n  \"formatVersion\" : 1,\n  \"seed\" : -42,\n")
                .contains("\"rows\" : {\n      \"train\" : 1437,\n      \"test\" : 360\n    }")
                .contains("\"commit\" : \"0123456789ab\"")
                .contains("\"end\" : \"2024-05-01T12:31:46Z\"")
                .contains("\"devices\" : [ \"gpu 0\", \"cpu\" ]")
                .contains("\"sha256\" : {\n    \"optimizerState\" : \"e3b0c442");
    }

    @Test
    void readsWhatAnEarlierVersionWroteWithoutDevices() {
        String earlier = ProvenanceJson.write(Examples.finished()).replaceAll("\"devices\" : [^\\n]*\n", "");
        assertThat(ProvenanceJson.parse(earlier, "p").outcome().orElseThrow().devices())
                .isEmpty();
    }

    @Test
    void passesOverWhatALaterVersionAdded() {
        String more = ProvenanceJson.write(Examples.started()).replaceFirst("\\{", "{\"weather\": [\"fair\"],");
        assertThat(ProvenanceJson.parse(more, "p")).isEqualTo(Examples.started());
    }

    @Test
    void aRunOfAnEarlierVersionHasNoAttempts() {
        String json = ProvenanceJson.write(Examples.started().withAttempts(List.of()));
        String earlier = json.replaceFirst("\"attempts\" : \\[ ]", "\"other\" : 1");
        assertThat(earlier).isNotEqualTo(json);
        assertThat(ProvenanceJson.parse(earlier, "p"))
                .isEqualTo(Examples.started().withAttempts(List.of()));
    }

    @Test
    void refusesALaterFormat() {
        String later =
                ProvenanceJson.write(Examples.started()).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2");
        assertThatThrownBy(() -> ProvenanceJson.parse(later, "r/provenance.json"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot read r/provenance.json: formatVersion 2 (expected at most 1; a later Starling wrote it)");
    }

    @Test
    void tellsAValueThatIsMissingOrOfAnotherKind() {
        String json = ProvenanceJson.write(Examples.started());
        assertThatThrownBy(() -> ProvenanceJson.parse(json.replace("\"seed\"", "\"sead\""), "p"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read p: no seed (expected a value)");
        assertThatThrownBy(() -> ProvenanceJson.parse(json.replace("-42", "\"x\""), "p"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read p: seed is \"x\" (expected a whole number)");
        assertThatThrownBy(() -> ProvenanceJson.parse(json.replace("2024-05-01T", "2024-13-01T"), "p"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot read p: start is \"2024-13-01T12:30:45Z\" (expected a UTC time");
    }

    @Test
    void tellsTheLineOfWhatIsNoJson() {
        assertThatThrownBy(() -> ProvenanceJson.parse("{\n  \"seed\": 1,\n  oops", "p"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot read p line 3: ");
        assertThatThrownBy(() -> ProvenanceJson.parse("[]", "p"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read p: no object (expected a JSON object)");
    }
}
