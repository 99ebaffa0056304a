package dev.roadstead.document;

import static dev.roadstead.document.ManifestTexts.CONFIG;
import static dev.roadstead.document.ManifestTexts.DIGEST;
import static dev.roadstead.document.ManifestTexts.INDEX;
import static dev.roadstead.document.ManifestTexts.LARGEST;
import static dev.roadstead.document.ManifestTexts.LAYER;
import static dev.roadstead.document.ManifestTexts.MANIFEST;
import static dev.roadstead.document.ManifestTexts.isInvalid;
import static dev.roadstead.document.ManifestTexts.read;
import static dev.roadstead.document.ManifestTexts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is wrong with a manifest is MANIFEST_INVALID, and never another failure. */
class ManifestReaderHostileTest {
  @Test
  void refusesWhatIsMissing() {
    for (var field : List.of("schemaVersion", "config", "layers", "digest", "size")) {
      isInvalid(MANIFEST.replace("\"" + field + "\"", "\"x" + field + "\""));
    }
    isInvalid(INDEX.replace("\"manifests\"", "\"x\""));
    isInvalid(MANIFEST.replace("\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",", ""));
  }

  @Test
  void refusesWhatHasTheWrongType() {
    var wrong =
        List.of("null", "true", "1", "1.5", "-1", "\"x\"", "[]", "{}", "[[]]", "[null]", "[1]");
    for (var value : wrong) {
      isInvalid(MANIFEST.replace(CONFIG, value));
      isInvalid(MANIFEST.replace(LAYER, value));
      isInvalid(MANIFEST.replace("\"" + DIGEST + "\"", value));
      isInvalid(MANIFEST.replace(":2,", ":" + value + ","));
      isInvalid(INDEX.replace("[{", "[" + value + ",{"));
      if (!value.equals("[]")) {
        isInvalid(MANIFEST.replace("[" + LAYER + "]", value));
      }
      if (!value.equals("1")) {
        isInvalid(MANIFEST.replace("7}]", value + "}]"));
      }
      if (!value.equals("null")) {
        isInvalid(MANIFEST.replace("\"config\"", "\"subject\":" + value + ",\"config\""));
        isInvalid(MANIFEST.replace("\"application/vnd.oci.image.manifest.v1+json\"", value));
      }
      if (!value.equals("null") && !value.equals("{}")) {
        isInvalid(MANIFEST.replace("\"config\"", "\"annotations\":" + value + ",\"config\""));
        isInvalid(MANIFEST.replace("\"config\"", "\"artifactType\":" + value + ",\"config\""));
      }
      if (!value.equals("\"x\"")) {
        isInvalid(
            MANIFEST.replace("\"config\"", "\"annotations\":{\"k\":" + value + "},\"config\""));
      }
    }
    for (var version : List.of("1", "3", "\"2\"", "2.0", "2e0", "20", "4294967298")) {
      isInvalid(MANIFEST.replace("\"schemaVersion\":2", "\"schemaVersion\":" + version));
    }
  }

  @Test
  void refusesSizesThatAreNone() {
    for (var size :
        List.of(
            "-1",
            "1.0",
            "1e3",
            "9223372036854775808",
            "1" + "0".repeat(40),
            "1e999999999",
            "\"7\"",
            "007",
            "+7",
            "NaN")) {
      isInvalid(MANIFEST.replace("7}]", size + "}]"));
    }
  }

  @Test
  void refusesNamesThatComeTwice() {
    isInvalid(MANIFEST.replace("\"layers\"", "\"config\":" + CONFIG + ",\"layers\""));
    isInvalid(MANIFEST.replace("\"size\":7}]", "\"size\":7,\"size\":7}]"));
    isInvalid(
        MANIFEST.replace("\"config\"", "\"annotations\":{\"k\":\"v\",\"k\":\"w\"},\"config\""));
    isInvalid(MANIFEST.replace("\"config\"", "\"x\":{\"y\":[{\"z\":1,\"z\":2}]},\"config\""));
    isInvalid(MANIFEST.replace("\"config\"", "\"\\u0063onfig\":1,\"config\""));
  }

  @Test
  void refusesWhatIsNotOneObject() {
    for (var json :
        List.of(
            "",
            " ",
            "null",
            "[]",
            "[" + MANIFEST + "]",
            "\"x\"",
            "1",
            MANIFEST + "x",
            MANIFEST + "{}",
            MANIFEST + MANIFEST,
            "{",
            "}",
            "{]",
            "\u0000",
            "\ufeff" + MANIFEST,
            MANIFEST.replace("\"", "'"),
            "//\n" + MANIFEST,
            MANIFEST.replace("]}", "],}"))) {
      isInvalid(json);
    }
    assertThat(read(" \n\t" + MANIFEST + "\r\n ")).isEqualTo(read(MANIFEST));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    for (var charset : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE")) {
      isInvalid(Optional.empty(), MANIFEST.getBytes(Charset.forName(charset)));
    }
    var annotated = MANIFEST.replace("\"config\"", "\"annotations\":{\"k\":\"\u00e4\"},\"config\"");
    isInvalid(Optional.empty(), annotated.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read(annotated).annotations()).containsEntry("k", "\u00e4");
  }

  @Test
  void refusesTextsThatAreNoUnicode() {
    isInvalid(MANIFEST.replace("\"config\"", "\"annotations\":{\"k\":\"\\ud800\"},\"config\""));
    isInvalid(MANIFEST.replace("\"config\"", "\"annotations\":{\"\\udc00\":\"v\"},\"config\""));
    var smile =
        MANIFEST.replace("\"config\"", "\"annotations\":{\"k\":\"\\ud83d\\ude00\"},\"config\"");
    assertThat(read(smile).annotations()).containsEntry("k", "\ud83d\ude00");
  }

  @Test
  void refusesDeepNesting() {
    for (int depth : List.of(65, 1000, 1_000_000)) {
      isInvalid("[".repeat(depth));
      isInvalid("[".repeat(depth) + "]".repeat(depth));
      isInvalid("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
      isInvalid(
          MANIFEST.replace(
              "\"config\"", "\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"config\""));
    }
  }

  @Test
  void refusesFourMegabytesOfNonsense() {
    for (var unit :
        List.of(
            "[",
            "{\"a\":",
            "{\"a\":1,",
            "1",
            "\"",
            "a",
            " ",
            "\\",
            "\u00e4",
            "{",
            "[0,",
            "\"\\u0000")) {
      isInvalid(unit.repeat(LARGEST / unit.length()));
    }
    isInvalid("{\"" + "a".repeat(LARGEST) + "\":1}");
    isInvalid("{\"schemaVersion\":" + "2".repeat(LARGEST) + "}");
    var noise = new byte[LARGEST];
    new Random(1).nextBytes(noise);
    isInvalid(Optional.empty(), noise);
  }

  @Property(tries = 3000)
  void anAlteredManifestIsReadOrRefused(
      @ForAll @IntRange(max = 400) int at, @ForAll byte value, @ForAll @IntRange(max = 2) int how) {
    for (var json : List.of(MANIFEST, INDEX)) {
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      int place = at % bytes.length;
      var altered =
          switch (how) {
            case 0 -> Arrays.copyOf(bytes, place);
            case 1 -> {
              var copy = bytes.clone();
              copy[place] = value;
              yield copy;
            }
            default -> {
              var longer = Arrays.copyOf(bytes, bytes.length + 1);
              System.arraycopy(bytes, place, longer, place + 1, bytes.length - place);
              longer[place] = value;
              yield longer;
            }
          };
      assertThat(refusal(Optional.empty(), altered)).isNotNull();
    }
  }

  @Property
  void anyBytesAreRefused(@ForAll byte[] bytes) {
    isInvalid(Optional.empty(), bytes);
  }
}
