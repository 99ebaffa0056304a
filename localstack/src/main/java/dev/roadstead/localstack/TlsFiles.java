package dev.roadstead.localstack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The certificate that a registry shows, the chain behind it, and the private key, in files as
 * certbot and cert-manager write them (RFC 7468).
 */
public record TlsFiles(Path certificate, Path key) {
  /** A longer file is none of these. */
  private static final long MAX_BYTES = 1 << 20;

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /** The store lives in memory alone, where a password keeps nobody out. */
  private static final char[] NO_PASSWORD = {};

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException with what is wrong, and nothing of the key
   */
  KeyStore read() {
    try {
      var chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(certificate)))
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IllegalArgumentException(certificate + " holds no certificate");
      }
      var secret = privateKey(chain[0].getPublicKey().getAlgorithm());
      if (!belongTogether(chain[0].getPublicKey(), secret)) {
        throw new IllegalArgumentException(
            "the key in " + key + " is not the one of the certificate in " + certificate);
      }
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("registry", secret, NO_PASSWORD, chain);
      return store;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("cannot read " + unreadable.getMessage(), unreadable);
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException(
          certificate + " is no certificate, or " + key + " no key for it: PEM is wanted",
          malformed);
    }
  }

  private PrivateKey privateKey(String algorithm) throws IOException, GeneralSecurityException {
    var found = PRIVATE_KEY.matcher(new String(bytes(key), StandardCharsets.US_ASCII));
    if (!found.find()) {
      throw new IllegalArgumentException(
          key
              + " holds no key in the form BEGIN PRIVATE KEY; openssl pkcs8 -topk8 -nodes makes one"
              + " of any other");
    }
    var encoded = Base64.getMimeDecoder().decode(found.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static boolean belongTogether(PublicKey shown, PrivateKey secret)
      throws GeneralSecurityException {
    var algorithm =
        switch (shown.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> shown.getAlgorithm();
        };
    var something = shown.getEncoded();
    var signer = Signature.getInstance(algorithm);
    signer.initSign(secret);
    signer.update(something);
    var checker = Signature.getInstance(algorithm);
    checker.initVerify(shown);
    checker.update(something);
    return checker.verify(signer.sign());
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException(file + " is too long for a certificate or a key");
    }
    return Files.readAllBytes(file);
  }

  /** Changes when one of the files does. */
  String version() {
    try {
      return "%s %s %s %s"
          .formatted(
              Files.getLastModifiedTime(certificate),
              Files.size(certificate),
              Files.getLastModifiedTime(key),
              Files.size(key));
    } catch (IOException unreadable) {
      return ""; // while they are exchanged
    }
  }
}
