package dev.roadstead.pause.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeTest {
  @Test
  void keepsTheLowBitsOfASignedField() {
    assertThat(Code.signed(-1, 12)).isEqualTo(0xfff);
    assertThat(Code.signed(2047, 12)).isEqualTo(2047);
    assertThat(Code.signed(-2048, 12)).isEqualTo(0x800);
  }

  @Test
  void refusesWhatDoesNotFitItsField() {
    assertThatThrownBy(() -> Code.signed(2048, 12)).hasMessage("2048 does not fit into 12 bits");
    assertThatThrownBy(() -> Code.signed(-2049, 12)).hasMessage("-2049 does not fit into 12 bits");
    assertThatThrownBy(() -> Code.unsigned(-1, 16)).hasMessage("-1 does not fit into 16 bits");
    assertThatThrownBy(() -> Code.unsigned(65_536, 16)).hasMessageContaining("65536");
  }

  @Test
  void knowsInTheSecondPassWhereTheFirstPlacedALabel() {
    var draft = new Code(0x400000, ByteOrder.LITTLE_ENDIAN, Map.of());
    draft.int32(0);
    draft.place(Label.WAIT);

    var code = new Code(0x400000, ByteOrder.LITTLE_ENDIAN, draft.placed());
    assertThat(code.addressOf(Label.WAIT)).isEqualTo(0x400004);
    assertThat(code.distanceTo(Label.WAIT, 2)).isEqualTo(2);
  }

  @Test
  void refusesToPlaceALabelTwice() {
    var code = new Code(0, ByteOrder.BIG_ENDIAN, Map.of());
    code.place(Label.REAP);

    assertThatThrownBy(() -> code.place(Label.REAP)).hasMessage("REAP is placed twice");
  }
}
