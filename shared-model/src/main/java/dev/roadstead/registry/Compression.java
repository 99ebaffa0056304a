package dev.roadstead.registry;

import dev.roadstead.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Makes JSON small before it is stored: stores charge by size, and manifests shrink to a third. */
public final class Compression {
  private Compression() {}

  /** The same bytes, deflated. */
  public static byte[] deflate(byte[] bytes) {
    var small = new ByteArrayOutputStream(bytes.length / 2 + 64);
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (var out = new DeflaterOutputStream(small, deflater)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot fail", impossible);
    } finally {
      deflater.end();
    }
    return small.toByteArray();
  }

  /**
   * The bytes that were deflated.
   *
   * @param sizeBytes how many they were; anything else is a damaged record
   */
  public static byte[] inflate(byte[] small, long sizeBytes) {
    var inflater = new Inflater(true);
    try (var in = new InflaterInputStream(new ByteArrayInputStream(small), inflater)) {
      var bytes = in.readNBytes(Math.toIntExact(sizeBytes));
      if (bytes.length != sizeBytes) {
        throw new StoreException("a stored document is damaged");
      }
      return bytes;
    } catch (IOException damaged) {
      throw new StoreException("a stored document is damaged", damaged);
    } finally {
      inflater.end();
    }
  }

  /** The bytes that were deflated, if they are whole and not more than that. */
  public static Optional<byte[]> inflateUpTo(byte[] small, int maxBytes) {
    var inflater = new Inflater(true);
    try (var in = new InflaterInputStream(new ByteArrayInputStream(small), inflater)) {
      var bytes = in.readNBytes(maxBytes);
      return in.read() < 0 ? Optional.of(bytes) : Optional.empty();
    } catch (IOException damaged) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }
}
