package dev.roadstead.endpoints;

import dev.roadstead.access.AccessControl;
import dev.roadstead.endpoints.admin.Audit;
import dev.roadstead.endpoints.admin.Collect;
import dev.roadstead.endpoints.admin.DeleteRepository;
import dev.roadstead.endpoints.admin.ExplainAccess;
import dev.roadstead.endpoints.admin.Grants;
import dev.roadstead.endpoints.admin.Groups;
import dev.roadstead.endpoints.admin.Immutability;
import dev.roadstead.endpoints.admin.ListPulls;
import dev.roadstead.endpoints.admin.ListTagHistory;
import dev.roadstead.endpoints.admin.ListTrash;
import dev.roadstead.endpoints.admin.ReadCheck;
import dev.roadstead.endpoints.admin.RestoreTag;
import dev.roadstead.endpoints.admin.Robots;
import dev.roadstead.endpoints.admin.ShowCollection;
import dev.roadstead.endpoints.admin.StartCheck;
import dev.roadstead.endpoints.admin.Status;
import dev.roadstead.endpoints.admin.Undelete;
import dev.roadstead.endpoints.admin.Users;
import dev.roadstead.endpoints.blob.DeleteBlob;
import dev.roadstead.endpoints.blob.GetBlob;
import dev.roadstead.endpoints.blob.HeadBlob;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.endpoints.http.Guarded;
import dev.roadstead.endpoints.http.Refusals;
import dev.roadstead.endpoints.jobs.RecordRefusals;
import dev.roadstead.endpoints.list.ListCatalog;
import dev.roadstead.endpoints.list.ListReferrers;
import dev.roadstead.endpoints.list.ListTags;
import dev.roadstead.endpoints.manifest.DeleteManifest;
import dev.roadstead.endpoints.manifest.GetManifest;
import dev.roadstead.endpoints.manifest.HeadManifest;
import dev.roadstead.endpoints.manifest.PutManifest;
import dev.roadstead.endpoints.ping.Ping;
import dev.roadstead.endpoints.token.IssueToken;
import dev.roadstead.endpoints.upload.AppendChunk;
import dev.roadstead.endpoints.upload.CancelUpload;
import dev.roadstead.endpoints.upload.FinishUpload;
import dev.roadstead.endpoints.upload.StartUpload;
import dev.roadstead.endpoints.upload.UploadStatus;
import dev.roadstead.registry.AuditLog;
import dev.roadstead.registry.Blobs;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.ImmutableTags;
import dev.roadstead.registry.ManifestDelete;
import dev.roadstead.registry.ManifestPut;
import dev.roadstead.registry.Manifests;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.Referrers;
import dev.roadstead.registry.RefusalEntries;
import dev.roadstead.registry.RelayWake;
import dev.roadstead.registry.Repositories;
import dev.roadstead.registry.RepositoryDelete;
import dev.roadstead.registry.RepositoryUndelete;
import dev.roadstead.registry.TagHistory;
import dev.roadstead.registry.Tags;
import dev.roadstead.registry.Undeletion;
import dev.roadstead.registry.Uploads;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.wire.UploadExchange;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the endpoint of an operation, guarded: the code's side of the endpoint table. */
public final class Endpoints {
  private final Environment environment;
  private final LocationKeys locationKeys;
  private final AccessControl access;
  private final Consumer<Runnable> background;
  private final Optional<RelayWake> sleepingRelay;
  private final Refusals refusals;
  private final Claims claims;
  private final Repositories repositories;

  /**
   * Endpoints of a registry on these stores, for callers that are told apart like this.
   *
   * @param background runs what takes longer than a request may
   */
  public Endpoints(
      Environment environment,
      LocationKeys locationKeys,
      AccessControl access,
      Consumer<Runnable> background) {
    this(environment, locationKeys, access, background, Optional.empty());
  }

  /** The same for a registry whose relay sleeps, if it does. */
  public Endpoints(
      Environment environment,
      LocationKeys locationKeys,
      AccessControl access,
      Consumer<Runnable> background,
      Optional<RelayWake> sleepingRelay) {
    this.sleepingRelay = sleepingRelay;
    this.background = background;
    this.environment = environment;
    this.locationKeys = locationKeys;
    this.access = access;
    this.refusals =
        new Refusals(
            environment,
            access.tokens().isPresent(),
            access.auditsRefusals() ? recorder(environment)::run : refusal -> {});
    this.claims = new Claims(environment);
    this.repositories = new Repositories(environment);
  }

  /** Who is refused waits for the entry, as whoever changes something does. */
  private static RecordRefusals recorder(Environment environment) {
    return new RecordRefusals(new RefusalEntries(environment), environment.clock(), Runnable::run);
  }

  /** The endpoint of one operation; nothing is made that it does not use. */
  public Endpoint of(Operation operation) {
    return new Guarded(bare(operation), access.authenticator(), refusals, environment.ids());
  }

  private Endpoint bare(Operation operation) {
    return switch (operation) {
      case PING -> new Ping();
      case LIST_CATALOG -> new ListCatalog(repositories);
      case LIST_TAGS -> new ListTags(new Tags(environment, repositories));
      case LIST_REFERRERS ->
          new ListReferrers(new Referrers(environment, new Manifests(environment)));
      case HEAD_MANIFEST -> new HeadManifest(new Manifests(environment));
      case GET_MANIFEST -> new GetManifest(new Manifests(environment));
      case PUT_MANIFEST -> new PutManifest(new ManifestPut(environment, claims, repositories));
      case DELETE_MANIFEST -> new DeleteManifest(new ManifestDelete(environment));
      case HEAD_BLOB -> new HeadBlob(blobs());
      case GET_BLOB -> new GetBlob(blobs());
      case DELETE_BLOB -> new DeleteBlob(blobs());
      case START_UPLOAD ->
          new StartUpload(uploads(), blobs(), sleepingRelay, environment.settings().directPut());
      case APPEND_CHUNK -> new AppendChunk(uploads());
      case FINISH_UPLOAD -> new FinishUpload(uploads());
      case UPLOAD_STATUS -> new UploadStatus(uploads());
      case CANCEL_UPLOAD -> new CancelUpload(uploads());
      case ISSUE_TOKEN -> new IssueToken(access.tokens());
      case STATUS -> new Status(repositories);
      case USERS -> new Users(access.accounts());
      case ROBOTS -> new Robots(access.accounts());
      case GROUPS -> new Groups(access.accounts());
      case GRANTS -> new Grants(access.accounts());
      case EXPLAIN_ACCESS -> new ExplainAccess(access.accounts());
      case AUDIT -> new Audit(new AuditLog(environment));
      case IMMUTABILITY -> new Immutability(new ImmutableTags(environment));
      case START_CHECK -> new StartCheck(environment, background);
      case READ_CHECK -> new ReadCheck(environment);
      case LIST_TAG_HISTORY -> new ListTagHistory(new TagHistory(environment));
      case RESTORE_TAG -> new RestoreTag(new TagHistory(environment));
      case LIST_PULLS -> new ListPulls(new Pulls(environment));
      case SHOW_COLLECTION -> new ShowCollection(new Collector(environment));
      case COLLECT -> new Collect(new Collector(environment));
      case LIST_TRASH -> new ListTrash(undeletion());
      case UNDELETE ->
          new Undelete(undeletion(), new RepositoryUndelete(environment, undeletion()));
      case DELETE_REPOSITORY -> new DeleteRepository(new RepositoryDelete(environment));
    };
  }

  private Undeletion undeletion() {
    return new Undeletion(environment, claims, repositories);
  }

  private Blobs blobs() {
    return new Blobs(environment, claims);
  }

  private UploadExchange uploads() {
    return new UploadExchange(
        new Uploads(environment), locationKeys, environment.settings(), environment.clock());
  }
}
