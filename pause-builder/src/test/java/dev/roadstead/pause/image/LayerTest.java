package dev.roadstead.pause.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** The layer's bytes, read back by programs that know nothing of how they were written. */
class LayerTest {
  @Property
  void holdsTheOneFile(@ForAll @Size(max = 3000) byte[] pause) throws IOException {
    var gzip = new GZIPInputStream(new ByteArrayInputStream(GzipFile.of(TarFile.of(pause))));
    try (var archive = new TarArchiveInputStream(gzip)) {
      var entry = archive.getNextEntry();

      assertThat(entry.getName()).isEqualTo("pause");
      assertThat(entry.isFile()).isTrue();
      assertThat(entry.isCheckSumOK()).isTrue();
      assertThat(entry.getMode()).isEqualTo(0755);
      assertThat(entry.getLongUserId()).isZero();
      assertThat(entry.getLongGroupId()).isZero();
      assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(Instant.EPOCH);
      assertThat(archive.readAllBytes()).isEqualTo(pause);
      assertThat(archive.getNextEntry()).isNull();
    }
  }

  @Property
  void compressesNothingButTheZerosAtTheEnd(
      @ForAll @Size(max = 600) byte[] start, @ForAll @IntRange(min = 1, max = 3000) int zeros)
      throws IOException {
    var archive = Arrays.copyOf(start, start.length + zeros);
    var gzip = GzipFile.of(archive);

    try (var input = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      assertThat(input.readAllBytes()).isEqualTo(archive);
    }
    // Header, stored block with at most 257 zeros, codes, checksum and length.
    assertThat(gzip.length).isLessThan(10 + 5 + start.length + 258 + 30 + 8);
  }

  @Test
  void showsTheProgramInPlainSight() {
    var layer = GzipFile.of(TarFile.of("#!/pause".getBytes(US_ASCII)));

    assertThat(new String(layer, US_ASCII)).contains("#!/pause");
    assertThat(Arrays.copyOf(layer, 11))
        .isEqualTo(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff, 0});
  }

  @Test
  void refusesAnArchiveThatIsTooLongOrDoesNotEnd() {
    assertThatThrownBy(() -> GzipFile.of(new byte[] {1})).hasMessageContaining("ends with zeros");
    var long1 = new byte[70_000];
    Arrays.fill(long1, 0, 69_999, (byte) 1);
    assertThatThrownBy(() -> GzipFile.of(long1)).hasMessageContaining("too long");
  }
}
