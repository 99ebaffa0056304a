package dev.roadstead.aws;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Signs requests for every Region at once, as global services want it: AWS Signature Version 4A
 * (IAM user guide, "Create a signed AWS API request"). The SDK does this in native code of 30 MB
 * only. Like Version 4, but with ECDSA on the curve P-256, whose key both sides derive from the
 * secret access key (NIST SP 800-108, counter mode), and with a header in the Region's place.
 *
 * @param service as it is called in signatures
 */
record RegionlessSigner(String service) {
  private static final String ALGORITHM = "AWS4-ECDSA-P256-SHA256";
  private static final String KEY_PREFIX = "AWS4A";
  private static final String EVERYWHERE = "*";
  private static final int KEY_BITS = 256;
  private static final int MAX_COUNTER = 254;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;

  /**
   * A request, as far as it is signed.
   *
   * @param host whom it is sent to
   * @param path as it is sent: with its escapes; there is no query
   * @param headers in lower case; all of them are signed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(
      String method, String host, String path, Map<String, String> headers, byte[] body) {}

  /** The headers that a request needs besides its own; {@code host} is not among them. */
  Map<String, String> sign(Request request, AwsCredentials credentials, Instant now) {
    var time = TIME.format(now);
    var added = new TreeMap<String, String>();
    added.put("x-amz-content-sha256", hex(sha256(request.body())));
    added.put("x-amz-date", time);
    added.put("x-amz-region-set", EVERYWHERE);
    if (credentials instanceof AwsSessionCredentials session) {
      added.put("x-amz-security-token", session.sessionToken());
    }
    var signed = new TreeMap<>(request.headers());
    signed.putAll(added);
    signed.put("host", request.host());

    var scope = time.substring(0, DATE_LENGTH) + "/" + service + "/aws4_request";
    var toSign =
        String.join("\n", ALGORITHM, time, scope, hex(sha256(utf8(canonical(request, signed)))));
    added.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ALGORITHM,
                credentials.accessKeyId(),
                scope,
                String.join(";", signed.keySet()),
                hex(signature(credentials, toSign))));
    return added;
  }

  /** The same text as the service makes of the request. The path is escaped once more. */
  private static String canonical(Request request, Map<String, String> signed) {
    return String.join(
        "\n",
        request.method(),
        request.path().replace("%", "%25"),
        "",
        signed.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
            .collect(Collectors.joining()),
        String.join(";", signed.keySet()),
        hex(sha256(request.body())));
  }

  private static byte[] signature(AwsCredentials credentials, String text) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key(credentials.accessKeyId(), credentials.secretAccessKey()));
      signature.update(utf8(text));
      return signature.sign();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has ECDSA on P-256", missing);
    }
  }

  /** The private key of these credentials. */
  static ECPrivateKey key(String accessKeyId, String secretAccessKey)
      throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    var curve = parameters.getParameterSpec(ECParameterSpec.class);
    var greatest = curve.getOrder().subtract(BigInteger.TWO);
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(utf8(KEY_PREFIX + secretAccessKey), "HmacSHA256"));
    for (int counter = 1; counter <= MAX_COUNTER; counter++) {
      var candidate = new BigInteger(1, mac.doFinal(input(accessKeyId, counter)));
      if (candidate.compareTo(greatest) <= 0) {
        var spec = new ECPrivateKeySpec(candidate.add(BigInteger.ONE), curve);
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(spec);
        return (ECPrivateKey) key;
      }
    }
    throw new IllegalStateException("no key in " + MAX_COUNTER + " tries: chance has ended");
  }

  private static byte[] input(String accessKeyId, int counter) {
    var label = utf8(ALGORITHM);
    var context = utf8(accessKeyId);
    return ByteBuffer.allocate(
            Integer.BYTES + label.length + 1 + context.length + 1 + Integer.BYTES)
        .putInt(1)
        .put(label)
        .put((byte) 0)
        .put(context)
        .put((byte) counter)
        .putInt(KEY_BITS)
        .array();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has SHA-256", missing);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
