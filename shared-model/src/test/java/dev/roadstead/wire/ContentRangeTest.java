package dev.roadstead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.error.RegistryException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ContentRangeTest {
  @Property
  void isReadAsClientsWriteIt(
      @ForAll @LongRange(min = 0, max = 1L << 50) long first,
      @ForAll @LongRange(min = 1, max = 1L << 40) long length) {
    var range = new ContentRange(first, first + length - 1);
    var text = first + "-" + (first + length - 1);
    for (var header :
        List.of(
            text,
            "bytes " + text,
            "bytes=" + text,
            "bytes " + text + "/*",
            text + "/99",
            " " + text)) {
      assertThat(ContentRange.parse(header)).isEqualTo(range);
    }
    assertThat(range.lengthBytes()).isEqualTo(length);
  }

  @Test
  void nothingElseIsOne() {
    for (var header :
        List.of(
            "",
            "-",
            "0",
            "0-",
            "-5",
            "5-4",
            "a-b",
            "0-1-2",
            "0--1",
            "0-1,2-3",
            "1e3-2e3",
            "0-9999999999999999999",
            "99999999999999999999-99999999999999999999",
            "bytes",
            "bits 0-1",
            "0x0-0x1",
            "\u0660-\u0661")) {
      assertThatThrownBy(() -> ContentRange.parse(header))
          .as(header)
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("<first byte>-<last byte>");
    }
  }

  @Property
  void noTextIsMoreThanRefused(@ForAll String header) {
    try {
      assertThat(ContentRange.parse(header).lengthBytes()).isPositive();
    } catch (RegistryException refused) {
      assertThat(refused.status()).isEqualTo(400);
    }
  }
}
