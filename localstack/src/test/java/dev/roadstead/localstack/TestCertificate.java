package dev.roadstead.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this machine that nobody else has signed, made by the JDK's own tool. */
record TestCertificate(X509Certificate certificate, PrivateKey key) {
  private static final String PASSWORD = "not secret";

  /** Makes one. */
  static TestCertificate make(Path folder, String algorithm) throws Exception {
    var file = Files.createTempDirectory(folder, "keystore").resolve("store.p12");
    var said = file.resolveSibling("keytool.log");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=registry",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError("keytool: " + Files.readString(said));
    }
    var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    return new TestCertificate(
        (X509Certificate) store.getCertificate("registry"),
        (PrivateKey) store.getKey("registry", PASSWORD.toCharArray()));
  }

  /** Writes both as PEM, in place of what was there. */
  TlsFiles write(Path folder) throws IOException, GeneralSecurityException {
    var files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    Files.writeString(files.certificate(), pem("CERTIFICATE", certificate.getEncoded()));
    Files.writeString(files.key(), pem("PRIVATE KEY", key.getEncoded()));
    return files;
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(bytes));
  }

  /** A client that trusts this one and no other. */
  SSLContext trusted() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("registry", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
