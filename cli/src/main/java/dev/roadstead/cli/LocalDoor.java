package dev.roadstead.cli;

import dev.roadstead.access.AccessControl;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.Passwords;
import dev.roadstead.client.AdminClient;
import dev.roadstead.client.AdminTransport;
import dev.roadstead.client.HttpAdminTransport;
import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.DataFolderException;
import dev.roadstead.embedded.DoorFile;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.endpoints.Endpoints;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.Address;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Access;
import dev.roadstead.store.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The way to a registry on this machine. While it runs, requests go to it; when nothing runs on its
 * data folder, this process opens the folder and calls the same functions itself.
 */
final class LocalDoor implements AdminTransport {
  private final DataFolder folder;
  private final SqliteMetadataStore metadata;
  private final Endpoints functions;
  private final Beside beside;

  private LocalDoor(
      DataFolder folder, SqliteMetadataStore metadata, Endpoints functions, Beside beside) {
    this.folder = folder;
    this.metadata = metadata;
    this.functions = functions;
    this.beside = beside;
  }

  /**
   * What takes long goes on while the command asks how far it is. A store that fails at everything
   * cannot even be told that the work has failed: then it is remembered here.
   */
  private static final class Beside implements Consumer<Runnable> {
    private volatile Optional<String> failure = Optional.empty();

    @Override
    public void accept(Runnable work) {
      Thread.ofVirtual()
          .name("background")
          .start(
              () -> {
                try {
                  work.run();
                } catch (RuntimeException failed) {
                  failure = Optional.of(String.valueOf(failed.getMessage()));
                }
              });
    }

    void check() throws IOException {
      if (failure.isPresent()) {
        throw new IOException(failure.get());
      }
    }
  }

  /** Opens the way; says what to do when there is none. */
  static AdminClient open(Path data) throws IOException {
    if (!DataFolder.isOne(data)) {
      throw new IOException(
          "there is no registry in " + data + "; name its data folder with --data, or start one");
    }
    try {
      return new AdminClient(DataFolder.isHeld(data) ? toRunning(data) : inThisProcess(data));
    } catch (DataFolderException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    }
  }

  private static AdminTransport toRunning(Path data) throws IOException {
    var door =
        DoorFile.read(data)
            .orElseThrow(
                () -> new IOException("the registry on " + data + " is just starting; try again"));
    return HttpAdminTransport.with(door.token(), door.address());
  }

  private static LocalDoor inThisProcess(Path data) {
    var folder = DataFolder.open(data, new SecureRandom());
    try {
      var metadata = SqliteMetadataStore.open(folder);
      var clock = InstantSource.system();
      Ids ids = UUID::randomUUID;
      var addresses = new ObjectAddress(folder.secret(DataFolder.Secret.OBJECT_ADDRESSES), clock);
      var environment =
          new Environment(
              metadata,
              new FileBlobStore(folder, ids, addresses),
              clock,
              ids,
              RegistrySettings.DEFAULTS);
      var locationKeys =
          new LocationKeys(List.of(folder.secret(DataFolder.Secret.UPLOAD_LOCATIONS)));
      var random = new SecureRandom();
      var accounts = new Accounts(environment, new Passwords(random), random);
      var access = new AccessControl(visitor -> Access.OPERATOR, accounts, Optional.empty());
      var beside = new Beside();
      var functions = new Endpoints(environment, locationKeys, access, beside);
      return new LocalDoor(folder, metadata, functions, beside);
    } catch (DataFolderException failed) {
      folder.close();
      throw failed;
    }
  }

  @Override
  public Reply send(Request request) throws IOException {
    beside.check();
    var address = Address.parse(ROOT + request.resource());
    var operation =
        address.flatMap(
            found ->
                Method.named(request.method())
                    .flatMap(method -> Operation.at(found.place(), method)));
    if (address.isEmpty() || operation.isEmpty()) {
      throw new IOException("this registry cannot " + request.method() + " " + request.resource());
    }
    var query =
        request.query().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
    var answer =
        functions
            .of(operation.get())
            .handle(
                new ApiRequest(
                    operation.get(),
                    Method.valueOf(request.method()),
                    address.get(),
                    query,
                    Map.of(),
                    request.document().orElse(new byte[0]),
                    ""));
    return new Reply(answer.status(), answer.body());
  }

  @Override
  public void close() {
    metadata.close();
    folder.close();
  }
}
