package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The signer against the key that AWS's own implementations derive from the same credentials. */
class RegionlessSignerTest {
  private static final String ID = "AKISORANDOMAASORANDOM";
  private static final String SECRET = "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom";
  private static final String PRIVATE_KEY =
      "7fd3bd010c0d9c292141c2b77bfbde1042c92e6836fff749d1269ec890fca1bd";
  private static final String X =
      "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb";
  private static final String Y =
      "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0";

  private static final RegionlessSigner SIGNER = new RegionlessSigner("service");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final RegionlessSigner.Request REQUEST =
      new RegionlessSigner.Request(
          "POST",
          "example.amazonaws.com",
          "/stores/arn%3Aaws%2Fx/keys",
          Map.of("if-match", "mark"),
          "{}".getBytes(StandardCharsets.UTF_8));

  @Test
  void derivesTheKeyThatTheOtherSideDerives() throws GeneralSecurityException {
    assertThat(RegionlessSigner.key(ID, SECRET).getS()).isEqualTo(new BigInteger(PRIVATE_KEY, 16));
  }

  @Test
  void signsTheRequestAsTheOtherSideWritesIt() throws GeneralSecurityException {
    var added = SIGNER.sign(REQUEST, AwsBasicCredentials.create(ID, SECRET), NOW);
    var bodyHash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    var canonical =
        """
        POST
        /stores/arn%253Aaws%252Fx/keys

        host:example.amazonaws.com
        if-match:mark
        x-amz-content-sha256:BODY
        x-amz-date:20260102T030405Z
        x-amz-region-set:*

        host;if-match;x-amz-content-sha256;x-amz-date;x-amz-region-set
        BODY"""
            .replace("BODY", bodyHash);
    var signed =
        "AWS4-ECDSA-P256-SHA256\n20260102T030405Z\n20260102/service/aws4_request\n"
            + dev.roadstead.model.Digest.sha256(canonical.getBytes(StandardCharsets.UTF_8)).hex();

    var authorization = added.getOrDefault("authorization", "");
    assertThat(authorization)
        .startsWith(
            "AWS4-ECDSA-P256-SHA256 Credential="
                + ID
                + "/20260102/service/aws4_request,"
                + " SignedHeaders=host;if-match;x-amz-content-sha256;x-amz-date;x-amz-region-set,"
                + " Signature=");
    assertThat(isSignature(signed, authorization.replaceFirst(".*Signature=", ""))).isTrue();
    assertThat(isSignature(signed + "x", authorization.replaceFirst(".*Signature=", ""))).isFalse();
  }

  @Test
  void showsAndSignsTheTokenOfASession() {
    var added = SIGNER.sign(REQUEST, AwsSessionCredentials.create(ID, SECRET, "session"), NOW);

    assertThat(added).containsEntry("x-amz-security-token", "session");
    assertThat(added.get("authorization")).contains("x-amz-region-set;x-amz-security-token,");
  }

  private static boolean isSignature(String text, String hex) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(publicKey());
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.verify(HexFormat.of().parseHex(hex));
  }

  static PublicKey publicKey() throws GeneralSecurityException {
    var point = new ECPoint(new BigInteger(X, 16), new BigInteger(Y, 16));
    var curve = RegionlessSigner.key(ID, SECRET).getParams();
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
  }
}
