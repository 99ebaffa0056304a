package dev.roadstead.registry;

import dev.roadstead.route.LocationKeys;
import dev.roadstead.wire.UploadExchange;

/** One process of a registry: every protocol, wired on one environment. */
record TestProcess(
    Environment environment,
    Uploads uploads,
    UploadExchange exchange,
    Claims claims,
    Blobs blobs,
    Repositories repositories,
    ManifestPut puts,
    ManifestDelete deletes,
    Manifests manifests,
    Referrers referrers,
    Tags tags) {
  static TestProcess on(Environment environment, LocationKeys locationKeys) {
    var claims = new Claims(environment);
    var uploads = new Uploads(environment);
    var repositories = new Repositories(environment);
    var manifests = new Manifests(environment);
    return new TestProcess(
        environment,
        uploads,
        new UploadExchange(uploads, locationKeys, environment.settings(), environment.clock()),
        claims,
        new Blobs(environment, claims),
        repositories,
        new ManifestPut(environment, claims, repositories),
        new ManifestDelete(environment),
        manifests,
        new Referrers(environment, manifests),
        new Tags(environment, repositories));
  }
}
