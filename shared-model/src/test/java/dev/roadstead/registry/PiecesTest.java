package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Pieces.Tail;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PiecesTest {
  @Property
  void areReadAsTheyAreWritten(
      @ForAll @Size(max = 200) Set<@IntRange(min = 1, max = 300) Integer> parts,
      @ForAll @Size(max = 17) Set<@LongRange(min = 1, max = 67_108_864) Long> tailSizes) {
    var tails = tailSizes.stream().map(size -> new Tail((int) (size % 9999) + 1, size)).toList();
    var pieces = new Pieces(parts.stream().sorted().toList(), tails);
    assertThat(Pieces.parse(pieces.partsText(), pieces.tailsText())).isEqualTo(pieces);
  }

  @Test
  void areShortWhenTheirNumbersAreRuns() {
    var pieces = new Pieces(List.of(1, 2, 3, 4, 7, 9, 10), List.of(new Tail(11, 512)));
    assertThat(pieces.partsText()).isEqualTo("1-4 7 9-10");
    assertThat(pieces.tailsText()).isEqualTo("11:512");
    assertThat(Pieces.NONE.partsText()).isEmpty();
  }

  @Test
  void fitARecordAtTheirVeryWorst() {
    var everySecond = IntStream.rangeClosed(1, 5000).mapToObj(n -> 2 * n).toList();
    assertThat(new Pieces(everySecond, List.of()).partsText()).hasSizeLessThan(30_000);
  }
}
