package dev.roadstead.localstack.clients;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** SHA-256 of bytes that came out of a client, as {@code sha256:<hex>}. */
final class Digests {
  private Digests() {}

  /** Of every file in a folder or an archive, whatever the client called it. */
  static Set<String> below(Path target) {
    return Files.isDirectory(target) ? ofFolder(target) : ofTar(target);
  }

  private static Set<String> ofTar(Path tar) {
    var digests = new HashSet<String>();
    try (var files =
        new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
      for (var entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
        if (entry.isFile()) {
          digests.add(of(files));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digests;
  }

  private static Set<String> ofFolder(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Digests::of).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of one file. */
  static String of(Path file) {
    try (var bytes = Files.newInputStream(file)) {
      return of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of what is left in a stream; does not close it. */
  static String of(InputStream bytes) throws IOException {
    var hash = new DigestInputStream(bytes, sha256());
    hash.transferTo(OutputStream.nullOutputStream());
    return text(hash.getMessageDigest());
  }

  static String of(byte[] bytes) {
    var hash = sha256();
    hash.update(bytes);
    return text(hash);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static String text(MessageDigest hash) {
    return "sha256:" + HexFormat.of().formatHex(hash.digest());
  }
}
