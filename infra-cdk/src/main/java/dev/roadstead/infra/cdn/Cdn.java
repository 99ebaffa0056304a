package dev.roadstead.infra.cdn;

import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.infra.relay.RelayOrigin;
import dev.roadstead.infra.review.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CfnDistribution;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DefaultCacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DistributionConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.ViewerCertificateProperty;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * The one host name that clients know. Its functions choose the origin of every request; nothing is
 * compressed, because clients take bytes and digests as they are, and no answer of a function is
 * kept.
 */
public final class Cdn extends Construct {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");
  private static final List<String> READING = List.of("GET", "HEAD");

  /** Any origin would do: the edge chooses another one, or answers itself. */
  private static final String DEFAULT_ORIGIN = "ping";

  private final CfnDistribution distribution;

  /**
   * A host name of one's own, with its certificate.
   *
   * @param certificateArn in us-east-1
   */
  public record HostName(String name, String certificateArn) {}

  /**
   * What stands behind it.
   *
   * @param functionHostNames the functions' addresses, by their names
   * @param directPuts the pattern of keys that it may write
   * @param reads the patterns of keys that it may read
   * @param relay what takes streams, if anything does
   */
  public record Behind(
      Map<String, String> functionHostNames,
      IBucket bucket,
      String directPuts,
      List<String> reads,
      Optional<RelayOrigin> relay) {}

  /**
   * Makes it.
   *
   * @param webAcl what looks at requests before the edge does, by its ARN in us-east-1
   */
  public Cdn(
      Construct scope,
      String id,
      EdgeFunctions edge,
      Behind behind,
      Optional<HostName> hostName,
      Optional<String> webAcl) {
    super(scope, id);
    var origins = new Origins(this, "Origins", behind);
    var config =
        DistributionConfigProperty.builder()
            .comment("Roadstead")
            .enabled(true)
            .httpVersion("http2")
            .ipv6Enabled(true)
            .origins(origins.all())
            .defaultCacheBehavior(registry(edge))
            .cacheBehaviors(behaviours(edge, behind.reads()))
            .viewerCertificate(certificate(hostName));
    hostName.ifPresent(own -> config.aliases(List.of(own.name())));
    webAcl.ifPresent(config::webAclId);
    distribution =
        CfnDistribution.Builder.create(this, "Distribution")
            .distributionConfig(config.build())
            .build();
    new StoragePolicy(behind.bucket(), behind.directPuts(), behind.reads(), arn())
        .attach(this, "StoragePolicy");
    accept(hostName.isPresent(), webAcl.isPresent());
  }

  private List<Object> behaviours(EdgeFunctions edge, List<String> reads) {
    var behaviours = new ArrayList<Object>();
    behaviours.add(administration(edge));
    var objects = new ObjectReads(this, "ObjectReads");
    reads.forEach(pattern -> behaviours.add(objects.at("/" + pattern, edge)));
    return behaviours;
  }

  private static DefaultCacheBehaviorProperty registry(EdgeFunctions edge) {
    return DefaultCacheBehaviorProperty.builder()
        .targetOriginId(DEFAULT_ORIGIN)
        .viewerProtocolPolicy("https-only")
        .allowedMethods(METHODS)
        .cachedMethods(READING)
        .compress(false)
        .cachePolicyId(CachePolicy.CACHING_DISABLED.getCachePolicyId())
        .originRequestPolicyId(everythingButTheHost())
        .functionAssociations(edge.on(Paths.REGISTRY))
        .build();
  }

  private static CacheBehaviorProperty administration(EdgeFunctions edge) {
    return CacheBehaviorProperty.builder()
        .pathPattern(Paths.ADMINISTRATION.pattern())
        .targetOriginId(DEFAULT_ORIGIN)
        .viewerProtocolPolicy("https-only")
        .allowedMethods(METHODS)
        .cachedMethods(READING)
        .compress(false)
        .cachePolicyId(CachePolicy.CACHING_DISABLED.getCachePolicyId())
        .originRequestPolicyId(everythingButTheHost())
        .functionAssociations(edge.on(Paths.ADMINISTRATION))
        .build();
  }

  /** Function URLs and S3 know requests by the host that they were sent to. */
  private static String everythingButTheHost() {
    return OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.getOriginRequestPolicyId();
  }

  private static ViewerCertificateProperty certificate(Optional<HostName> hostName) {
    return hostName
        .map(
            own ->
                ViewerCertificateProperty.builder()
                    .acmCertificateArn(own.certificateArn())
                    .minimumProtocolVersion("TLSv1.2_2021")
                    .sslSupportMethod("sni-only")
                    .build())
        .orElseGet(
            () -> ViewerCertificateProperty.builder().cloudFrontDefaultCertificate(true).build());
  }

  private String arn() {
    var stack = Stack.of(this);
    return "arn:%s:cloudfront::%s:distribution/%s"
        .formatted(stack.getPartition(), stack.getAccount(), distribution.getAttrId());
  }

  private void accept(boolean ownHostName, boolean hasWebAcl) {
    Accepted.finding(
        distribution,
        "AwsSolutions-CFR1",
        "Nodes pull from everywhere; who may pull is decided by accounts, not by countries.");
    if (!hasWebAcl) {
      Accepted.finding(
          distribution,
          "AwsSolutions-CFR2",
          "A web ACL costs money while nobody pulls, so it is a switch; the edge's own function"
              + " refuses what is no request of the registry.");
    }
    Accepted.finding(
        distribution,
        "AwsSolutions-CFR3",
        "Access logs would cost an object and a delivery for every few pulls; what fails is in the"
            + " functions' logs.");
    if (!ownHostName) {
      Accepted.finding(
          distribution,
          "AwsSolutions-CFR4",
          "With the CDN's own host name it decides itself which TLS versions it takes; a domain of"
              + " one's own gets TLS 1.2 and newer.");
    }
  }

  /** What clients put before the names of images. */
  public String hostName() {
    return distribution.getAttrDomainName();
  }
}
