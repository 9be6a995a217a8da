package dev.starling.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCsvTest {
    @Test
    void isALinePerValue() {
        assertThat(HistoryCsv.write(Examples.history()))
                .isEqualTo(
                        "epoch,split,metric,value\n1,train,loss,0.30000000000000004\n1,validation,loss,1.0E-300\n2,train,loss,0.25\n");
    }

    @Test
    void readsTheBitsThatItWrote() {
        RunHistory odd = new RunHistory(List.of(new RunHistory.Entry(1, Split.TEST, "loss", Double.NaN)));
        assertThat(HistoryCsv.parse(HistoryCsv.write(Examples.history()), "h")).isEqualTo(Examples.history());
        assertThat(HistoryCsv.parse(HistoryCsv.write(odd), "h")).isEqualTo(odd);
    }

    @Test
    void givesOneMetricOfOneSplit() {
        assertThat(Examples.history().of(Split.TRAIN, "loss"))
                .extracting(RunHistory.Entry::value)
                .containsExactly(0.1 + 0.2, 0.25);
        assertThat(Examples.history().of(Split.TEST, "loss")).isEmpty();
        assertThat(Examples.history().metrics()).containsExactly("loss");
    }

    @Test
    void tellsTheLineThatIsWrong() {
        assertThatThrownBy(
                        () -> HistoryCsv.parse("epoch,split,metric,value\n1,train,loss,0.5\n2,train,loss\n", "h.csv"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read h.csv line 3: 2,train,loss (expected epoch,split,metric,value)");
        assertThatThrownBy(() -> HistoryCsv.parse("epoch,split,metric,value\n1,tram,loss,0.5\n", "h.csv"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot read h.csv line 2: 1,tram");
        assertThatThrownBy(() -> HistoryCsv.parse("", "h.csv"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read h.csv line 1: nothing (expected epoch,split,metric,value)");
    }
}
